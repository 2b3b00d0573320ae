'use client'

import { useEffect, useReducer, useState } from 'react'
import { queueReducer, startQueue } from '@/lib/client/batch/queue'
import type { QueueActions } from '@/lib/client/batch/queue-calls'
import { hasTwin, queueRow } from '@/lib/client/batch/queue-state'
import { bytesLeft, soleProposal } from '@/lib/client/import/bytes-left'
import { createHeldFile } from '@/lib/client/import/held-file'
import type { WizardEvent } from '@/lib/client/import/wizard'
import { askFacts } from '@/lib/client/import/wizard-calls'
import { guardLeaving } from '@/lib/client/leave-guard'
import { preflightInputOf } from '@/lib/client/preflight/input-of'
import { BATCH_AT_MOST, type WizardChoices } from '@/lib/domain/imports/views'
import { runPreflight } from '@/lib/domain/preflight/run-preflight'
import { useNow } from '../ui/use-now'
import type { Kept, QueueFile } from './queue-file'
import { useSendQueue } from './use-send-queue'

export interface ImportQueueProps {
  choices: WizardChoices
  start: { connectionId?: string; kekKid?: string }
  actions: QueueActions
}

const LOSS = 'Files of this queue have not been imported. Leave, and let them go?'
const TYPING_PAUSE_MS = 500

/** The one place where the queue's state, the held files and the console meet. */
export function useImportQueue({ choices, start, actions }: ImportQueueProps) {
  const [queue, dispatch] = useReducer(queueReducer, start, startQueue)
  const [kept] = useState(() => new Map<string, Kept>())
  const now = new Date(useNow('half-minute'))

  const files = queue.files.map((file): QueueFile => {
    const state = file.wizard
    const report = runPreflight(preflightInputOf(state, choices, kept.get(file.id)?.held.parsed(), now))
    const context = { state, choices, report, now }
    const row = queueRow(file, { ...context, shared: queue.shared, twins: hasTwin(file, queue.files) })
    const tell = (event: WizardEvent) => dispatch({ type: 'file', id: file.id, event })
    const ask = () => askFacts(state, actions.readTargetFacts, tell)
    return { ...context, id: file.id, row, dispatch: tell, ask }
  })
  const sender = useSendQueue({ files, kept, actions })

  useEffect(() => () => forgetAll(kept), [kept])
  const unsent = files.some(({ row }) => row.state !== 'done')
  useEffect(() => (unsent ? guardLeaving(LOSS) : undefined), [unsent])
  // Each name is asked about once its answers stand, after a pause in the typing.
  useEffect(() => {
    const waiting = files.filter(({ row, state }) => row.state === 'asking' && state.facts.state === 'not-asked')
    if (waiting.length === 0) return
    const timer = setTimeout(() => {
      for (const { ask } of waiting) void ask()
    }, TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  })

  async function add(file: File) {
    if (kept.size >= BATCH_AT_MOST) return
    const id = crypto.randomUUID()
    const held = createHeldFile()
    kept.set(id, { held, key: { current: undefined } })
    const facts = await held.take(file)
    const sole = soleProposal(bytesLeft(choices, queue.shared.answers, facts.ciphertextLength))
    dispatch({ type: 'added', id, facts, proposal: sole ? { type: 'type-chosen', ...sole } : null })
  }

  function remove(id: string) {
    kept.get(id)?.held.clear()
    kept.delete(id)
    dispatch({ type: 'removed', id })
  }

  const shared = {
    state: queue.shared,
    choices,
    now,
    dispatch: (event: WizardEvent) => dispatch({ type: 'shared', event }),
  }
  return { shared, files, add, remove, full: files.length >= BATCH_AT_MOST, ...sender }
}

export type ImportQueueParts = ReturnType<typeof useImportQueue>

function forgetAll(kept: Map<string, Kept>) {
  for (const { held } of kept.values()) held.clear()
}
