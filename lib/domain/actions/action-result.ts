import type { StepUpAsked } from '../people/step-up'

/** What every server action answers: its expected errors are values, because Next masks thrown ones. */
export type ActionResult<T> = { ok: true; value: T } | { ok: false; problem: Problem }

export interface Problem {
  code: ProblemCode
  /** What is wrong and what to do next. */
  message: string
  /** Field path → message, for the error summary. */
  fields?: Record<string, string>
  /** With `step-up-required`: the proof that is asked for; the same call with it is done. */
  stepUp?: StepUpAsked
  /** With `rate-limited`: nothing was done, and the same call is let in after so many milliseconds. */
  retryAfterMs?: number
  /** For the support conversation: our own request id. */
  requestId: string
}

/** An action as a page passes it to a component. */
export type Action<Input, Output> = (call: { idempotencyKey: string; input: Input }) => Promise<ActionResult<Output>>

/** An act of somebody without a session, who brings a secret of their own. */
export type OpenAction<Input, Output> = (input: Input) => Promise<ActionResult<Output>>

export const PROBLEM_CODES = [
  'wrong-origin',
  'wrong-host',
  'bad-request',
  'signed-out',
  'not-permitted',
  'invalid-input',
  'idempotency-mismatch',
  'still-running',
  'audit-unavailable',
  'conflict',
  'key-busy',
  'not-found',
  'preflight-failed',
  'warnings-not-acknowledged',
  'file-mismatch',
  'name-soft-deleted',
  'name-in-use',
  'own-import',
  'own-request',
  'not-waiting',
  'approval-expired',
  'request-changed',
  'substituted',
  'value-not-recognised',
  'value-required',
  'check-value-unclear',
  'not-deletable',
  'release-denied',
  'not-releasable',
  'token-not-of-this',
  'imports-undecided',
  'already-so',
  'vault-refused',
  'vault-not-permitted',
  'vault-unreachable',
  'outcome-unknown',
  'nothing-reached-the-vault',
  'compromised',
  'step-up-required',
  'step-up-refused',
  'rate-limited',
  'too-large',
  'passkey-required',
  'passkey-refused',
  'last-passkey',
  'roles-exclusive',
  'own-proposal',
  'proposal-changed',
  'proposal-lapsed',
  'proposal-waiting',
  'changed-since-submission',
  'not-an-approver-here',
  'already-approved',
  'duties-not-acknowledged',
  'policy-immutable',
  'policy-tests-failed',
  'unexpected',
] as const
export type ProblemCode = (typeof PROBLEM_CODES)[number]

export const PROBLEM_WORDS = {
  'wrong-origin': 'The request did not come from this console. Reload the page and try again.',
  'wrong-host': 'This console goes by another address.',
  'bad-request': 'This is no request that the console understands.',
  'signed-out': 'Your session has ended. Sign in again; what you typed stays on this page.',
  'not-permitted': 'Your roles do not allow this.',
  'invalid-input': 'Some answers need mending.',
  'idempotency-mismatch': 'This request was sent before with other answers. Reload the page and send it anew.',
  'still-running': 'The same request is still under way. Wait for it, then look at its outcome.',
  'audit-unavailable':
    'The audit log could not be written, so nothing was sent to the vault. Try again when the database answers.',
  conflict: 'Somebody changed this at the same moment. Reload and look again.',
  'key-busy': 'Another act on this key is still open. Wait until it has an outcome.',
  'not-found': 'There is no such thing, or no longer.',
  'preflight-failed': 'A preflight check failed. Mend it before the key is sent.',
  'warnings-not-acknowledged': 'Acknowledge each warning before the key is sent.',
  'file-mismatch': 'This is not the file the draft was made with. Choose the same file, or begin a new import.',
  'name-soft-deleted': 'A deleted key still holds this name. Choose another, or wait until it is purged.',
  'name-in-use': 'A key of this name exists. Type its name to add a version, or choose another name.',
  'own-import': 'You imported or created this key; another officer must decide it.',
  'own-request': 'You asked for this; another officer must decide it.',
  'not-waiting': 'This review has been decided already, or its request has changed.',
  'approval-expired': 'The approval has lapsed. Review the import again.',
  'request-changed': 'What the vault holds is not what was submitted. Nothing was enabled; look at the differences.',
  substituted: 'The value does not equal the key in the vault. The import has ended as substituted and stays disabled.',
  'value-not-recognised':
    'This is neither a public key, a SHA-256, a thumbprint nor a key check value. Look at the ceremony record again.',
  'value-required': 'Give the value from the ceremony record: it is what the key is compared with.',
  'check-value-unclear':
    'The key check value could not be compared, so the version was disabled again and the import has failed.',
  'release-denied': 'The vault refused to release the key to this token.',
  'not-releasable': 'This version can not be released: it is disabled, or it was made without a release policy.',
  'token-not-of-this': 'This token can not be the one that the release was asked for with.',
  'not-deletable': 'This name was not created by the import, or has further versions: it can not be deleted here.',
  'imports-undecided': 'Imports under this KEK are still undecided. Decide them first.',
  'already-so': 'It is so already. Nothing was sent.',
  'vault-refused': 'The vault refused the request.',
  'vault-not-permitted':
    'The identity of this connection may not do this at the vault. See the vault’s page for the role it needs.',
  'vault-unreachable': 'The vault did not answer. Nothing was changed; try again.',
  'outcome-unknown':
    'The vault did not say whether it did it. Drawbridge is asking the vault; this page will show the outcome.',
  'nothing-reached-the-vault': 'Nothing reached the vault. Submit the file again.',
  compromised: 'This version is marked compromised; it can not be enabled.',
  'step-up-required': 'Confirm that it is you: this act needs a fresh proof.',
  'step-up-refused': 'The proof was not accepted, so nothing was done. Try again.',
  'rate-limited': 'Too many attempts. Wait a little, then try again.',
  'too-large': 'The request is larger than the console takes.',
  'passkey-required':
    'This installation asks custodians, approvers and administrators for a passkey. Register one under Your account.',
  'passkey-refused': 'The passkey was not accepted. Try again, or use another one.',
  'last-passkey': 'This is the last passkey, and your roles need one. Register another one first.',
  'roles-exclusive': 'An administrator is never custodian or approver. Take one of the roles away.',
  'own-proposal': 'You proposed this; another person must confirm it.',
  'proposal-changed': 'What this proposal is about has changed since, so it can not be confirmed. Propose it anew.',
  'proposal-waiting': 'A proposal of this kind about the same waits already. Decide or withdraw it first.',
  'proposal-lapsed': 'This proposal has lapsed. Propose it anew.',
  'changed-since-submission':
    'Your account was made or changed after this was submitted; somebody else must decide it.',
  'not-an-approver-here': 'This vault names its approvers, and you are not among them.',
  'already-approved': 'You have approved this already; it waits for another officer.',
  'duties-not-acknowledged': 'Read and acknowledge the custodian’s duties first; it is asked once a year.',
  'policy-immutable': 'This key’s release policy is immutable: nobody can change it, at the vault either.',
  'policy-tests-failed':
    'A stored test of this key does not pass under the policy. Mend the policy, or look at the test.',
  unexpected: 'Something went wrong on our side. Nothing is lost; give the request id to your administrator.',
} as const satisfies Record<ProblemCode, string>
