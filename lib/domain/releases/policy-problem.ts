/** Why a text is no release policy. */
export type PolicyProblemCode =
  | 'too-long'
  | 'not-json'
  | 'not-an-object'
  | 'version-missing'
  | 'version-unknown'
  | 'authorities-missing'
  | 'authority-not-an-object'
  | 'authority-without-name'
  | 'conditions-missing'
  | 'conditions-both'
  | 'conditions-empty'
  | 'condition-not-an-object'
  | 'condition-mixed'
  | 'claim-missing'
  | 'claim-path-empty'
  | 'operator-missing'
  | 'operators-many'
  | 'value-not-scalar'
  | 'number-too-large'
  | 'too-deep'

/** `at` is a path into the policy, like `anyOf[0].allOf[1]`; empty for the policy as a whole. */
export type PolicyProblem = { code: PolicyProblemCode; at: string }

export const POLICY_PROBLEM_WORDS = {
  'too-long': 'The release policy is longer than 64 KiB.',
  'not-json': 'The release policy is not JSON.',
  'not-an-object': 'The release policy is not a JSON object.',
  'version-missing': 'The release policy has no version; it is "1.0.0".',
  'version-unknown': 'The release policy’s version is not "1.0.0".',
  'authorities-missing': 'The release policy’s anyOf holds no authority.',
  'authority-not-an-object': 'An authority of the release policy is not a JSON object.',
  'authority-without-name':
    'An authority of the release policy does not say whose word is taken: "authority" must be a text.',
  'conditions-missing': 'There is neither allOf nor anyOf.',
  'conditions-both': 'There are both allOf and anyOf; only one of them may stand in one place.',
  'conditions-empty': 'The list of conditions is empty.',
  'condition-not-an-object': 'A condition is not a JSON object.',
  'condition-mixed': 'A condition is both a claim and a list of conditions.',
  'claim-missing': 'A condition names no claim: "claim" must be a text.',
  'claim-path-empty': 'A claim’s path has an empty part.',
  'operator-missing': 'A condition has nothing to compare its claim by; "equals" is the one operator there is.',
  'operators-many': 'A condition has more than one operator.',
  'value-not-scalar': 'A claim can only be compared with a text, a number, true or false.',
  'number-too-large': 'A number is too large to be compared exactly; write it as a text.',
  'too-deep': 'The conditions are nested too deeply.',
} as const satisfies Record<PolicyProblemCode, string>

/** The sentence with the place, for people. */
export function describeProblem({ code, at }: PolicyProblem): string {
  return at === '' ? POLICY_PROBLEM_WORDS[code] : `${POLICY_PROBLEM_WORDS[code]} (${at})`
}
