import type { Action } from '@/lib/domain/actions/action-result'

/** The actions by which a proof is given, as the layout passes them. A method's own file says which it needs. */
export interface StepUpActions {
  password: Action<{ stepUpId: string; password: string }, unknown>
  /** The identity provider, as its button calls it; null where there is none. */
  providerName: string | null
}

/** What every method is given: the question, and whom to tell that it was answered. */
export interface StepUpMethodProps {
  stepUpId: string
  actions: StepUpActions
  onPassed: () => void
  /** The dialog's own way out, so that each method can show it beside its act. */
  onCancel: () => void
}
