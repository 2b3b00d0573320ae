import {
  type AuthorityTrace,
  type ClaimOutcome,
  type ConditionTrace,
  evaluatePolicy,
} from '@/lib/domain/releases/evaluate-policy'
import { findClaim } from '@/lib/domain/releases/find-claim'
import { parseReleasePolicy } from '@/lib/domain/releases/parse-policy'
import type { Scalar } from '@/lib/domain/releases/policy'
import type { TokenInView } from './token-in-view'

/** What a token makes of one place of a policy. `actual` is null where the token has no such value. */
export type Verdict =
  | { of: 'claim'; met: boolean; outcome: ClaimOutcome; actual: Scalar | null }
  | { of: 'group'; met: boolean }
  | { of: 'authority'; met: boolean; isIssuer: boolean }

/** By place, as findings name it (`anyOf[0].allOf[1]`); empty while there is no token, or no policy. */
export type Verdicts = ReadonlyMap<string, Verdict>

export function verdictsOf(policy: string | null, token: TokenInView | null): Verdicts {
  const read = policy === null || token === null ? null : parseReleasePolicy(policy)
  if (!token || !read?.ok) return new Map()
  const { trace } = evaluatePolicy(read.value, token)
  return new Map(trace.flatMap((each, index) => ofAuthority(each, `anyOf[${index}]`, token)))
}

type Placed = [at: string, verdict: Verdict]

function ofAuthority({ met, isIssuer, condition }: AuthorityTrace, at: string, token: TokenInView): Placed[] {
  const own: Placed = [at, { of: 'authority', met, isIssuer }]
  if (!condition || condition.kind === 'claim') return [own]
  // The authority's own list stands at the same place; its verdict is the authority's.
  return [own, ...ofMembers(condition.conditions, `${at}.${condition.kind}`, token)]
}

const ofMembers = (conditions: readonly ConditionTrace[], at: string, token: TokenInView) =>
  conditions.flatMap((each, index) => ofCondition(each, `${at}[${index}]`, token))

function ofCondition(condition: ConditionTrace, at: string, token: TokenInView): Placed[] {
  const { met } = condition
  if (condition.kind !== 'claim')
    return [[at, { of: 'group', met }], ...ofMembers(condition.conditions, `${at}.${condition.kind}`, token)]
  const found = findClaim(token.claims, condition.claim)
  const actual = found.found === 'value' ? found.value : null
  return [[at, { of: 'claim', met, outcome: condition.outcome, actual }]]
}
