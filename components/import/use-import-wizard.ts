'use client'

import { useEffect, useReducer, useState } from 'react'
import { useAct } from '@/lib/client/acts/use-act'
import { createHeldFile } from '@/lib/client/import/held-file'
import { createHeldKey } from '@/lib/client/import/held-key'
import { GONE_WORDS, type KeyFileState } from '@/lib/client/import/key-file'
import { startWizard, wizardReducer } from '@/lib/client/import/wizard'
import { askFacts, clearKeyInputOf, submitInputOf, type WizardActions } from '@/lib/client/import/wizard-calls'
import { reachableStep, type StepContext } from '@/lib/client/import/wizard-steps'
import { openLedger } from '@/lib/client/outbound/ledger-store'
import { preflightInputOf } from '@/lib/client/preflight/input-of'
import type { ActionResult } from '@/lib/domain/actions/action-result'
import type { WizardChoices } from '@/lib/domain/imports/views'
import { runPreflight } from '@/lib/domain/preflight/run-preflight'
import { routes } from '@/lib/routes'
import { useNow } from '../ui/use-now'
import { useDraftAutosave } from './use-draft-autosave'
import { useLeaveFor, useStepFocus, useStepInUrl } from './use-wizard-step'

export interface ImportWizardProps {
  choices: WizardChoices
  start: { connectionId?: string; kekKid?: string }
  actions: WizardActions
}

/** The one place where the wizard's state, the held file, the URL and the console meet. */
export function useImportWizard({ choices, start, actions }: ImportWizardProps) {
  const [state, dispatch] = useReducer(wizardReducer, { draft: choices.draft, ...start }, startWizard)
  const [held] = useState(createHeldFile)
  const [key] = useState(() => createHeldKey(held, dispatch))
  const url = useStepInUrl()
  const leaveFor = useLeaveFor()
  const submission = useAct(actions.submitImport)
  const clearSubmission = useAct(actions.submitPrivateJwk)
  const now = new Date(useNow('half-minute'))
  const report = runPreflight(preflightInputOf(state, choices, held.parsed(), now))
  const context: StepContext = { state, choices, report, now }
  const step = reachableStep(url.asked, context)
  const draft = useDraftAutosave(state, actions.saveDraft, dispatch)
  const askAgain = () => askFacts(state, actions.readTargetFacts, dispatch)
  useStepFocus(step)
  useEffect(() => () => held.clear(), [held])
  useEffect(() => () => key.end(), [key])
  useEffect(() => key.stay())
  useEffect(() => url.settleAt(step))
  useEffect(() => {
    if (step === 'preflight' && state.facts.state === 'not-asked') void askAgain()
  })

  function giveFile(file: File) {
    openLedger()
    return key.take(file)
  }

  function letFileGo() {
    key.end()
    held.clear()
    dispatch({ type: 'file-let-go' })
  }

  /** Wrapped, or as the officer acknowledged: the private key is asked of its worker, sent, and filled with zeros. */
  async function send() {
    const clear = clearKeyInputOf(state, report)
    const input = clear ? null : submitInputOf(state, report, held)
    if (!clear && !input) return undefined
    dispatch({ type: 'submit-started' })
    if (input) return submission.act(input)
    const sent = clear && (await key.send(clear.found, (jwk) => clearSubmission.act({ ...clear.input, jwk })))
    return sent === null ? KEY_GONE : sent
  }

  async function submit() {
    const result = await send()
    if (!result) return
    if (!result.ok) {
      dispatch({ type: 'submit-refused', problem: result.problem })
      if (state.file.state === 'key-file') dispatch({ type: 'key-file', key: goneAfterSending(state.file.key) })
      return
    }
    dispatch({ type: 'submit-done', output: result.value })
    leaveFor(routes.import(result.value.importId))
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

const goneAfterSending = ({ name }: KeyFileState): KeyFileState => ({ step: 'gone', name, because: 'sent' })

export type Wizard = ReturnType<typeof useImportWizard>

/** What a field needs of a wizard, or of one file of a queue. */
export type WizardParts = Pick<Wizard, 'state' | 'choices' | 'dispatch'>
