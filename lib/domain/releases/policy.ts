/** What a claim may be compared with. JSON's null, lists and objects are none of these. */
export type Scalar = string | number | boolean

/** One condition. `unsupported` is an operator that the service names and does not have: it is never met. */
export type Condition =
  | { kind: 'claim'; claim: string; equals: Scalar }
  | { kind: 'unsupported'; claim: string; operator: string }
  | { kind: 'allOf' | 'anyOf'; conditions: Condition[] }

/** Whose word is taken, and for what. */
export type Authority = { authority: string; condition: Condition }

/** A release policy, read: any one authority whose condition is met is enough. */
export type ReleasePolicy = { authorities: Authority[] }

/** Deeper policies are refused: the reading and the evaluation are recursive. */
export const maxPolicyDepth = 16
/** Levels of JSON: two for each nested group, and what stands around and in them. */
export const maxPolicyJsonDepth = 2 * maxPolicyDepth + 8
/** Ours: policies in the wild stay below 8 KiB. */
export const maxPolicyLength = 64 * 1024
