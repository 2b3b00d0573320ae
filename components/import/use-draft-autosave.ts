'use client'

import { useEffect, useRef, useState } from 'react'
import { mayHaveRun } from '@/lib/client/acts/use-act'
import type { WizardEvent, WizardState } from '@/lib/client/import/wizard'
import { draftOf, type WizardActions } from '@/lib/client/import/wizard-calls'

export type DraftSaving =
  | { state: 'nothing-yet' }
  | { state: 'saved'; at: string }
  | { state: 'not-saved'; because: string }

const QUIET_MS = 1500

/** Saves the answers a moment after the last change. A failure is said, and the next change tries again. */
export function useDraftAutosave(
  state: WizardState,
  saveDraft: WizardActions['saveDraft'],
  dispatch: (event: WizardEvent) => void,
  onNewDraft: (draftId: string) => void,
): DraftSaving {
  const [saving, setSaving] = useState<DraftSaving>({ state: 'nothing-yet' })
  const draft = draftOf(state)
  // The id comes back from saving itself; it is no change of the officer's.
  const written = JSON.stringify({ ...draft, id: null })
  const last = useRef(written)
  const open = isOpen(state)

  useEffect(() => {
    if (!open || written === last.current) return
    const timer = setTimeout(async () => {
      last.current = written
      const result = await saveDraft({ idempotencyKey: crypto.randomUUID(), input: draft }).catch(() => null)
      if (!result?.ok) {
        last.current = ''
        // Discarded elsewhere: the next change makes a new one.
        if (result?.problem.code === 'not-found') dispatch({ type: 'draft-lost' })
        setSaving({ state: 'not-saved', because: result?.problem.message ?? 'The console did not answer.' })
        return
      }
      setSaving({ state: 'saved', at: new Date().toISOString() })
      if (draft.id === result.value.draftId) return
      dispatch({ type: 'draft-saved', draftId: result.value.draftId })
      onNewDraft(result.value.draftId)
    }, QUIET_MS)
    return () => clearTimeout(timer)
  })

  return saving
}

/**
 * Not while a submit's answer is awaited, nor when it was lost: the submit may have ended this draft, and saving would
 * begin another, with which the request to be repeated is no longer the same.
 */
function isOpen({ submission }: WizardState): boolean {
  if (submission.state === 'refused') return !mayHaveRun(submission.problem)
  return submission.state === 'idle'
}
