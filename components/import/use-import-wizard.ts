'use client'

import { type ReactNode, useEffect, useReducer, useState } from 'react'
import { useAct } from '@/lib/client/acts/use-act'
import { createHeldFile } from '@/lib/client/import/held-file'
import { createHeldKey } from '@/lib/client/import/held-key'
import { GONE_WORDS, type GoneBecause } from '@/lib/client/import/key-file'
import { startWizard, wizardReducer } from '@/lib/client/import/wizard'
import {
  askFacts,
  type ClearKeyInput,
  clearKeyInputOf,
  submitInputOf,
  type WizardActions,
} from '@/lib/client/import/wizard-calls'
import { reachableStep, type StepContext } from '@/lib/client/import/wizard-steps'
import { openLedger } from '@/lib/client/outbound/ledger-store'
import { preflightInputOf } from '@/lib/client/preflight/input-of'
import type { ActionResult } from '@/lib/domain/actions/action-result'
import type { SubmitImportOutput, WizardChoices } from '@/lib/domain/imports/views'
import { runPreflight } from '@/lib/domain/preflight/run-preflight'
import { routes } from '@/lib/routes'
import { useNow } from '../ui/use-now'
import { useDraftAutosave } from './use-draft-autosave'
import { useLeaveFor, useOwnLinks, useStepFocus, useStepInUrl } from './use-wizard-step'

export interface ImportWizardProps {
  choices: WizardChoices
  start: { connectionId?: string; kekKid?: string }
  actions: WizardActions
  /** Imports that were begun: once this one is under way, they are no longer the question. */
  drafts: ReactNode
}

/** The one place where the wizard's state, the held file, the URL and the console meet. */
export function useImportWizard({ choices, start, actions }: ImportWizardProps) {
  const [state, dispatch] = useReducer(wizardReducer, { draft: choices.draft, ...start }, startWizard)
  const [held] = useState(createHeldFile)
  const [key] = useState(() => createHeldKey(held, dispatch))
  const url = useStepInUrl()
  const leaveFor = useLeaveFor()
  const submission = useAct(actions.submitImport)
  const clearProof = useAct(actions.preparePrivateJwk)
  const clearSubmission = useAct(actions.submitPrivateJwk)
  const now = new Date(useNow('half-minute'))
  const report = runPreflight(preflightInputOf(state, choices, held.parsed(), now))
  const context: StepContext = { state, choices, report, now }
  const step = reachableStep(url.asked, context)
  const draft = useDraftAutosave(state, actions.saveDraft, dispatch, url.rememberDraft)
  const askAgain = () => askFacts(state, actions.readTargetFacts, dispatch)
  useOwnLinks(url)
  useStepFocus(step)
  useEffect(() => () => held.clear(), [held])
  useEffect(() => () => key.end(), [key])
  useEffect(() => key.stay())
  useEffect(() => url.settleAt(step))
  useEffect(() => {
    if (step === 'preflight' && state.facts.state === 'not-asked') void askAgain()
  })

  /** Not while a request is on its way: what is held is what was sent, and may be sent again. */
  async function giveFile(file: File) {
    if (state.submission.state === 'sending') return
    openLedger()
    await key.take(file)
  }

  function letFileGo() {
    if (state.submission.state === 'sending') return
    key.end()
    held.clear()
    dispatch({ type: 'file-let-go' })
  }

  /** As the officer acknowledged: the key leaves its worker once they have proved who asks, for one call. */
  async function sendClear({ input, key: named, found }: ClearKeyInput): Promise<Sent> {
    const proven = await clearProof.act({ ...input, key: named })
    if (!proven?.ok) return { result: proven }
    const result = await key.send(found, (jwk) => clearSubmission.act({ ...input, jwk }))
    return result === null ? { result: KEY_GONE, gone: 'no-key' } : { result, gone: 'sent' }
  }

  async function submit() {
    const clear = clearKeyInputOf(state, report)
    const input = clear ? null : submitInputOf(state, report, held)
    if (!clear && !input) return
    dispatch({ type: 'submit-started' })
    const { result, gone }: Sent = clear ? await sendClear(clear) : { result: input && (await submission.act(input)) }
    if (!result) return
    if (result.ok) {
      dispatch({ type: 'submit-done', output: result.value })
      return leaveFor(routes.import(result.value.importId))
    }
    dispatch({ type: 'submit-refused', problem: result.problem })
    if (gone && clear) dispatch({ type: 'key-file', key: { step: 'gone', name: clear.found.name, because: gone } })
  }

  return {
    ...context,
    dispatch,
    giveFile,
    unlock: key.unlock,
    seal: key.seal,
    letFileGo,
    url,
    step,
    draft,
    submit,
    askAgain,
  }
}

const KEY_GONE: ActionResult<never> = {
  ok: false,
  problem: { code: 'not-found', message: `Nothing was sent. ${GONE_WORDS['no-key']}`, requestId: '' },
}

/** `gone`: the key is held no more, sent or not. */
interface Sent {
  result: ActionResult<SubmitImportOutput> | null | undefined
  gone?: GoneBecause
}

export type Wizard = ReturnType<typeof useImportWizard>

/** What a field needs of a wizard, or of one file of a queue. */
export type WizardParts = Pick<Wizard, 'state' | 'choices' | 'dispatch'>
