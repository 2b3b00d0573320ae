import type { WizardChoices } from '@/lib/domain/imports/views'
import type { PreflightReport } from '@/lib/domain/preflight/report'
import { type AnswerError, expectedErrors, fileErrors, keyErrors, preflightErrors, vaultErrors } from './answer-errors'
import type { WizardState } from './wizard'

export const WIZARD_STEPS = ['vault', 'file', 'key', 'preflight', 'answers'] as const
export type WizardStep = (typeof WIZARD_STEPS)[number]

export const STEP_TITLES = {
  vault: 'Choose the vault and its KEK',
  file: 'Give the key file or transfer blob',
  key: 'Describe the key',
  preflight: 'Preflight',
  answers: 'Check your answers',
} as const satisfies Record<WizardStep, string>

export interface StepContext {
  state: WizardState
  choices: WizardChoices
  report: PreflightReport
  now: Date
}

/** What stands in the way of leaving a step, in the order of the page. Empty: it is complete. */
export function stepErrors(step: WizardStep, context: StepContext): AnswerError[] {
  switch (step) {
    case 'vault':
      return vaultErrors(context.state, context.choices)
    case 'file':
      return [...fileErrors(context.state, context.report), ...expectedErrors(context.state)]
    case 'key':
      return keyErrors(context.state, context.now)
    case 'preflight':
      return preflightErrors(context.state, context.report)
    case 'answers':
      return []
  }
}

/** The first step with something open: nobody gets past it. */
export function firstOpenStep(context: StepContext): WizardStep {
  return WIZARD_STEPS.find((step) => stepErrors(step, context).length > 0) ?? 'answers'
}

/** The step that the URL asks for, as far as it can be reached. */
export function reachableStep(asked: string | null, context: StepContext): WizardStep {
  const wanted = WIZARD_STEPS.find((step) => step === asked) ?? 'vault'
  const open = firstOpenStep(context)
  return WIZARD_STEPS.indexOf(wanted) <= WIZARD_STEPS.indexOf(open) ? wanted : open
}

export type StepProgress = 'completed' | 'current' | 'incomplete' | 'blocked'

export function stepProgress(current: WizardStep, context: StepContext): Record<WizardStep, StepProgress> {
  const open = WIZARD_STEPS.indexOf(firstOpenStep(context))
  const of = (step: WizardStep): StepProgress => {
    const index = WIZARD_STEPS.indexOf(step)
    if (step === current) return 'current'
    if (index > open) return 'blocked'
    return index < open ? 'completed' : 'incomplete'
  }
  return { vault: of('vault'), file: of('file'), key: of('key'), preflight: of('preflight'), answers: of('answers') }
}

export function nextStep(step: WizardStep): WizardStep {
  return WIZARD_STEPS[WIZARD_STEPS.indexOf(step) + 1] ?? 'answers'
}
