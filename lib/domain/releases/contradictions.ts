import type { Scalar } from './policy'

/*
 * Where Microsoft's pages, samples and recorded answers say different things about release policies, what we take to be true.
 * Everything of that kind is here, so that a check against the real service has one file to correct.
 *
 * - "Nested anyOf and allOf are allowed" (grammar page) against "you cannot nest or combine them yet" (attestation concept):
 *   nesting is taken as the grammar says, up to `maxPolicyDepth`. Microsoft's own default policies nest (`microsoft-policies.ts`).
 * - The grammar spells `anyof` and `allof`, every sample `anyOf` and `allOf`: both are read (`spellings`).
 * - The grammar lists notEquals, less, greater, exists and more; its text allows only `equals`, and a sample uses `greater`:
 *   such a policy is read, and the condition is never met.
 * - The grammar's version is "1.0.0"; its own last sample has none, and a recorded HSM took "1.0" and gave "1.0.0" back:
 *   both numbers are read, none is refused.
 * - An authority "functions as the iss claim", which compares exactly; but the default policy of Microsoft's tool writes its
 *   authorities with a trailing slash and the tokens of those authorities carry none: one trailing slash does not count.
 * - Samples compare with "false" and "0" where tokens carry false and 0, and a recorded service released for "true" against
 *   true. So a text in a policy also meets a boolean or a number that JSON writes like it. Never the other way round, and no
 *   other conversion. The trace says `as-text`, so that it can be warned of.
 * - A wrapping key is marked with `key_use` (grammar page), `use` (RFC 7517, recorded tokens) or `key_ops` holding "encrypt"
 *   (real tokens) or "Encrypt" (grammar page): all count.
 */

export const spellings = { allOf: ['allOf', 'allof'], anyOf: ['anyOf', 'anyof'] } as const

export const knownVersions: readonly string[] = ['1.0.0', '1.0']

/** Does the authority of a policy mean the issuer of a token? */
export function isSameAuthority(authority: string, issuer: string): boolean {
  return withoutSlash(authority) === withoutSlash(issuer)
}

const withoutSlash = (text: string) => (text.endsWith('/') ? text.slice(0, -1) : text)

export type Likeness = 'exact' | 'as-text' | 'different'

/** Compares a policy's value with a claim's. Integers that a double can't hold are different from everything. */
export function compareWithClaim(wanted: Scalar, claim: Scalar): Likeness {
  if (isImprecise(wanted) || isImprecise(claim)) return 'different'
  if (wanted === claim) return 'exact'
  return typeof wanted === 'string' && typeof claim !== 'string' && wanted === JSON.stringify(claim)
    ? 'as-text'
    : 'different'
}

/** JSON.parse has rounded it: 9007199254740993 and 9007199254740992 would be equal. */
export function isImprecise(value: Scalar): boolean {
  return typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)
}

type MarkedKey = { use?: unknown; key_use?: unknown; key_ops?: unknown }

/** Is the key marked for encryption in one of the documented ways? */
export function isForEncryption({ use, key_use, key_ops }: MarkedKey): boolean {
  if (use === 'enc' || key_use === 'enc') return true
  return Array.isArray(key_ops) && key_ops.some((word) => typeof word === 'string' && word.toLowerCase() === 'encrypt')
}
