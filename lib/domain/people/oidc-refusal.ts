/** Why a sign-in, or a step-up, by the identity provider came to nothing. */
export const OIDC_REFUSALS = [
  'provider-unavailable',
  'issuer-differs',
  'provider-refused',
  'flow-lost',
  'answer-refused',
  'not-known',
  'no-role',
  'roles-exclusive',
  'groups-left-out',
  'disabled',
  'rate-limited',
  'not-recorded',
  'unexpected',
  'step-up-gone',
  'another-person',
  'auth-time-missing',
  'auth-time-stale',
  'clock-differs',
] as const
export type OidcRefusal = (typeof OIDC_REFUSALS)[number]

interface RefusalWords {
  title: string
  /** What is wrong and what to do next. */
  text: string
}

export const OIDC_REFUSAL_WORDS = {
  'provider-unavailable': {
    title: 'The identity provider does not answer',
    text: 'It could not be asked who you are. Nothing is wrong with your account; try again shortly.',
  },
  'issuer-differs': {
    title: 'The identity provider is not the one in the settings',
    text: 'It calls itself something else than DRAWBRIDGE_OIDC_ISSUER says. An administrator sets it to exactly what the provider publishes, to the last slash.',
  },
  'provider-refused': {
    title: 'The identity provider ended the sign-in',
    text: 'It did not say who you are: you may have cancelled, or this console may not be open to you there. Try again, or ask whoever looks after the provider.',
  },
  'flow-lost': {
    title: 'This sign-in was not begun here',
    text: 'It was begun in another window or browser, longer than ten minutes ago, or was used already. Begin again.',
  },
  'answer-refused': {
    title: 'The identity provider’s answer was not accepted',
    text: 'It was not made for this sign-in, or could not be verified. Begin again; if that does not help, the audit log says which part was wrong.',
  },
  'not-known': {
    title: 'Nobody here has this account',
    text: 'Your identity provider knows you, but no account of this console belongs to you. Give an administrator these two lines; two administrators make the account.',
  },
  'no-role': {
    title: 'None of your groups gives a role here',
    text: 'Your identity provider knows you, but nothing it says about you stands for a role in this console. Ask whoever looks after your groups there; then sign in again.',
  },
  'roles-exclusive': {
    title: 'Your groups give roles that exclude each other',
    text: 'An administrator is never custodian or approver too, so you were given no role at all. Ask whoever looks after your groups to take you out of one of them; then sign in again.',
  },
  'groups-left-out': {
    title: 'The identity provider left your groups out',
    text: 'You are in more groups than it puts into a sign-in, so your roles are not known. An administrator has it send only the groups that are assigned to this console, or app roles instead.',
  },
  disabled: {
    title: 'Your account here is disabled',
    text: 'Your identity provider knows you, but an administrator has disabled your account of this console. Ask an administrator.',
  },
  'rate-limited': {
    title: 'Too many attempts',
    text: 'Too many came from you or from your address. Wait a minute, then begin again.',
  },
  'not-recorded': {
    title: 'Signing in is not possible at the moment',
    text: 'The audit log could not be written, so nobody was signed in. Try again when the database answers.',
  },
  unexpected: {
    title: 'Something went wrong on our side',
    text: 'Nobody was signed in and nothing was confirmed. Begin again; the console’s log says what it was.',
  },
  'step-up-gone': {
    title: 'Nothing waits to be confirmed',
    text: 'What you were to confirm was confirmed already, was asked for too long ago, or belongs to another session. Close this window and send it again.',
  },
  'another-person': {
    title: 'Somebody else signed in',
    text: 'You signed in at the provider with another account than the one you use here, so nothing was confirmed. Close this window, confirm again, and choose your own account.',
  },
  'auth-time-missing': {
    title: 'The identity provider does not say when you signed in',
    text: 'Without the claim auth_time a fresh sign-in can’t be told from an old one, so nothing was confirmed. Whoever looks after the provider adds it: in Entra ID the optional claim auth_time of the ID token, elsewhere the client’s setting require_auth_time.',
  },
  'auth-time-stale': {
    title: 'The identity provider did not ask you again',
    text: 'It answered with a sign-in from before you were asked, so nothing was confirmed. Close this window and confirm again; sign in there when it asks.',
  },
  'clock-differs': {
    title: 'The clocks of provider and console differ',
    text: 'The provider says that you signed in after now, so it can’t be told whether the sign-in is fresh. An administrator sets the clocks right.',
  },
} as const satisfies Record<OidcRefusal, RefusalWords>
