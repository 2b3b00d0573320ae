/** What is odd about a policy that can be read: the documented traps. */
export type PolicyFindingCode =
  | 'operator-never-met'
  | 'nested'
  | 'contradiction'
  | 'authorities-apart-by-slash'
  | 'text-for-boolean'
  | 'text-for-number'
  | 'other-type'
  | 'no-known-layout'
  | 'debuggable-required'
  | 'debuggable-allowed'
  | 'shared-authority'
  | 'placeholder-left'

/**
 * `widens`: the key may go where nobody meant it to. `shuts`: the key goes nowhere, or not where it was meant to. `unsure`: the
 * service's own sources say different things.
 */
export type PolicyRisk = 'widens' | 'shuts' | 'unsure'

/** `at` is a path into the policy, like `anyOf[0].allOf[1]`; `subject` the claim or authority it is about. */
export interface PolicyFinding {
  code: PolicyFindingCode
  at: string
  subject: string
}

export const POLICY_FINDINGS = {
  'operator-never-met': {
    risk: 'shuts',
    words: 'An operator other than “equals” is never met, though the grammar names it.',
  },
  nested: {
    risk: 'unsure',
    words:
      'Conditions stand inside conditions: one of Microsoft’s pages allows it, and its own default policies do it; another page says it does not work yet.',
  },
  contradiction: { risk: 'shuts', words: 'One claim must equal two values at once: this is never met.' },
  'authorities-apart-by-slash': {
    risk: 'unsure',
    words: 'Two authorities differ only by a slash at their end: they are taken to be one.',
  },
  'text-for-boolean': {
    risk: 'unsure',
    words:
      'The claim is true or false in tokens, and the policy compares it with a text. Write true or false without quotes.',
  },
  'text-for-number': {
    risk: 'unsure',
    words: 'The claim is a number in tokens, and the policy compares it with a text. Write the number without quotes.',
  },
  'other-type': { risk: 'shuts', words: 'The claim is of another type in tokens: this is never met.' },
  'no-known-layout': {
    risk: 'shuts',
    words: 'No known token has these claims together, at these places. Compare it with a token of the environment.',
  },
  'debuggable-required': { risk: 'widens', words: 'The policy asks for an environment that can be debugged.' },
  'debuggable-allowed': {
    risk: 'widens',
    words: 'Nothing keeps out an environment that can be debugged, where its operator can read the key.',
  },
  'shared-authority': {
    risk: 'widens',
    words: 'The authority is a regional service that everybody shares: who it attests is told by the conditions alone.',
  },
  'placeholder-left': {
    risk: 'shuts',
    words: 'A template’s placeholder is still there, and is never met. Put your own value in its place.',
  },
} as const satisfies Record<PolicyFindingCode, { risk: PolicyRisk; words: string }>

/** The sentence with its subject and place, for people. */
export const describeFinding = ({ code, at, subject }: PolicyFinding): string =>
  `${POLICY_FINDINGS[code].words} (${subject}${at === '' ? '' : `, ${at}`})`
