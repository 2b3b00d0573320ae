import { isJsonObject, type JsonObject, memberOf } from './json-object'
import { isScalar } from './parse-policy'
import type { Scalar } from './policy'

export type FoundClaim = { found: 'value'; value: Scalar } | { found: 'not-scalar' } | { found: 'nothing' }

/**
 * The claim at a dotted path. Only objects are walked through, and only their own members: `keys.0` finds nothing in a list,
 * `constructor` nothing at all, and a member whose own name holds a dot can't be named.
 */
export function findClaim(claims: JsonObject, path: string): FoundClaim {
  let current: unknown = claims
  for (const name of path.split('.')) {
    if (!isJsonObject(current)) return { found: 'nothing' }
    current = memberOf(current, name)
    if (current === undefined) return { found: 'nothing' }
  }
  return isScalar(current) ? { found: 'value', value: current } : { found: 'not-scalar' }
}
