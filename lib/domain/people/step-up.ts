/** How somebody proves, for one act, that it is they who ask. */
export const STEP_UP_METHODS = ['passkey', 'password', 'oidc'] as const
export type StepUpMethod = (typeof STEP_UP_METHODS)[number]

/** What an action asks for instead of doing it: one proof, for this session, this act and these very parameters. */
export interface StepUpAsked {
  id: string
  /** What this person can prove it with, the strongest first; never empty. */
  methods: StepUpMethod[]
  /** The act in words, as an instruction: "Import payments-signing into vault-1, disabled for review". */
  act: string
}

/**
 * Whoever has a passkey is not asked for a password any more: a password that was seen over a shoulder would undo what
 * the passkey is for. A provider's fresh sign-in stays, because it is that provider's whole sign-in.
 */
export function stepUpMethods(person: { issuer: string; hasPasskey: boolean }): StepUpMethod[] {
  const own: StepUpMethod = person.issuer === 'local' ? 'password' : 'oidc'
  if (!person.hasPasskey) return [own]
  return own === 'oidc' ? ['passkey', 'oidc'] : ['passkey']
}
