import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import type { Action } from '@/lib/domain/actions/action-result'
import type { AssertionResponse } from '@/lib/domain/passkeys/responses'

/** The actions by which a proof is given, as the layout passes them. A method's own file says which it needs. */
export interface StepUpActions {
  password: Action<{ stepUpId: string; password: string }, unknown>
  /** The identity provider, as its button calls it; null where there is none. */
  providerName: string | null
  askPasskey: Action<{ stepUpId: string }, PublicKeyCredentialRequestOptionsJSON>
  passkey: Action<{ stepUpId: string; response: AssertionResponse }, unknown>
}

/** What every method is given: the question, and whom to tell that it was answered. */
export interface StepUpMethodProps {
  stepUpId: string
  actions: StepUpActions
  onPassed: () => void
  /** The dialog's own way out, so that each method can show it beside its act. */
  onCancel: () => void
}
