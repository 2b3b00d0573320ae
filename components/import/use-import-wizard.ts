'use client'

import { useEffect, useReducer, useState } from 'react'
import { useAct } from '@/lib/client/acts/use-act'
import { createHeldFile } from '@/lib/client/import/held-file'
import { startWizard, wizardReducer } from '@/lib/client/import/wizard'
import { askFacts, submitInputOf, type WizardActions } from '@/lib/client/import/wizard-calls'
import { reachableStep, type StepContext } from '@/lib/client/import/wizard-steps'
import { preflightInputOf } from '@/lib/client/preflight/input-of'
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
  const url = useStepInUrl()
  const leaveFor = useLeaveFor()
  const submission = useAct(actions.submitImport)
  const now = new Date(useNow('half-minute'))
  const report = runPreflight(preflightInputOf(state, choices, held.parsed(), now))
  const context: StepContext = { state, choices, report, now }
  const step = reachableStep(url.asked, context)
  const draft = useDraftAutosave(state, actions.saveDraft, dispatch)
  const askAgain = () => askFacts(state, actions.readTargetFacts, dispatch)
  useStepFocus(step)
  useEffect(() => () => held.clear(), [held])
  useEffect(() => url.settleAt(step))
  useEffect(() => {
    if (step === 'preflight' && state.facts.state === 'not-asked') void askAgain()
  })

  async function submit() {
    const input = submitInputOf(state, report, held)
    if (!input) return
    dispatch({ type: 'submit-started' })
    const result = await submission.act(input)
    if (!result) return
    if (!result.ok) return dispatch({ type: 'submit-refused', problem: result.problem })
    dispatch({ type: 'submit-done', output: result.value })
    leaveFor(routes.import(result.value.importId))
  }

  return {
    ...context,
    dispatch,
    held,
    url,
    step,
    draft,
    submit,
    askAgain,
  }
}

export type Wizard = ReturnType<typeof useImportWizard>

/** What a field needs of a wizard, or of one file of a queue. */
export type WizardParts = Pick<Wizard, 'state' | 'choices' | 'dispatch'>
