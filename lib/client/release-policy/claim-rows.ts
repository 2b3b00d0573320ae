import { isJsonObject, type JsonObject } from '@/lib/domain/releases/json-object'
import { isScalar } from '@/lib/domain/releases/parse-policy'
import type { Scalar } from '@/lib/domain/releases/policy'

/**
 * One claim of a token with its path as a policy names it. `value` is null where there is a list, an empty object or null, which
 * `other` puts in words. `askable`: a condition on it can be met by more than this one token.
 */
export type ClaimRow = { path: string; value: Scalar | null; other: string; askable: boolean }

/** More than any token has; the rest is counted. */
const mostRows = 500

export function claimRows(claims: JsonObject): { rows: ClaimRow[]; more: number } {
  const rows = [...leaves(claims, '', true)]
  return { rows: rows.slice(0, mostRows), more: Math.max(0, rows.length - mostRows) }
}

function* leaves(object: JsonObject, parent: string, nameable: boolean): Generator<ClaimRow> {
  for (const [name, value] of Object.entries(object)) {
    const path = parent === '' ? name : `${parent}.${name}`
    // A name with a dot in it can't be told from two names: no policy can ask for it.
    const isNameable = nameable && name !== '' && !name.includes('.')
    if (isJsonObject(value) && Object.keys(value).length > 0) yield* leaves(value, path, isNameable)
    else yield rowOf(path, value, isNameable && !ofOneToken.has(path))
  }
}

/** These are another's in every token, or are compared by the authority. */
const ofOneToken: ReadonlySet<string> = new Set(['iss', 'iat', 'nbf', 'exp', 'jti'])

function rowOf(path: string, value: unknown, nameable: boolean): ClaimRow {
  if (isScalar(value)) return { path, value, other: '', askable: nameable }
  const other = Array.isArray(value)
    ? `a list of ${value.length.toLocaleString('en')}`
    : value === null
      ? 'null'
      : 'an empty object'
  return { path, value: null, other, askable: false }
}
