/** What a release policy can't do without (Azure's policy grammar). The editor of a later version checks more. */
export type ReleasePolicyProblem =
  | 'not-json'
  | 'not-an-object'
  | 'version-missing'
  | 'authorities-missing'
  | 'authority-not-a-url'
  | 'conditions-missing'
  | 'conditions-both'

export const RELEASE_POLICY_PROBLEM_WORDS = {
  'not-json': 'The release policy is not JSON.',
  'not-an-object': 'The release policy is not a JSON object.',
  'version-missing': 'The release policy’s version is not 1.0.0.',
  'authorities-missing': 'The release policy’s anyOf holds no authority.',
  'authority-not-a-url': 'An authority of the release policy is not an https address.',
  'conditions-missing': 'An authority of the release policy has no conditions: anyone it attests would get the key.',
  'conditions-both': 'An authority of the release policy has both allOf and anyOf.',
} as const satisfies Record<ReleasePolicyProblem, string>

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first problem of a release policy's text; undefined when there is none. */
export function lintReleasePolicy(text: string): ReleasePolicyProblem | undefined {
  const policy = parseJson(text)
  if (policy === undefined) return 'not-json'
  if (!isRecord(policy)) return 'not-an-object'
  if (policy.version !== '1.0.0') return 'version-missing'
  const authorities = policy.anyOf
  if (!Array.isArray(authorities) || authorities.length === 0) return 'authorities-missing'
  return authorities.map(lintAuthority).find((problem) => problem !== undefined)
}

function lintAuthority(authority: unknown): ReleasePolicyProblem | undefined {
  if (!isRecord(authority)) return 'authorities-missing'
  const issuer = authority.authority
  if (typeof issuer !== 'string' || !/^https:\/\//.test(issuer) || !URL.canParse(issuer)) return 'authority-not-a-url'
  if (authority.allOf !== undefined && authority.anyOf !== undefined) return 'conditions-both'
  const conditions = authority.allOf ?? authority.anyOf
  return Array.isArray(conditions) && conditions.length > 0 ? undefined : 'conditions-missing'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // That it is not JSON is the finding; the parser's message would quote the text.
    return undefined
  }
}
