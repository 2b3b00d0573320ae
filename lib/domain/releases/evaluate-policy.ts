import { compareWithClaim, isSameAuthority } from './contradictions'
import { findClaim } from './find-claim'
import type { JsonObject } from './json-object'
import type { Authority, Condition, ReleasePolicy, Scalar } from './policy'

/** Why a claim's condition is met, or is not. */
export type ClaimOutcome = 'exact' | 'as-text' | 'different' | 'missing' | 'not-scalar' | 'unsupported-operator'

/** What became of one condition; the same tree as the policy's, nothing cut short, so that all of it can be explained. */
export type ConditionTrace =
  | { kind: 'claim'; claim: string; met: boolean; outcome: ClaimOutcome; wanted: Scalar | null; operator: string }
  | { kind: 'allOf' | 'anyOf'; met: boolean; conditions: ConditionTrace[] }

/** `condition` is null where the token is another authority's: its claims are not looked at. */
export type AuthorityTrace = { authority: string; isIssuer: boolean; met: boolean; condition: ConditionTrace | null }

export type Evaluation = { decision: 'allow' | 'deny'; trace: AuthorityTrace[] }

/** A token whose signature and times somebody has verified: who issued it, and what it claims. */
export type VerifiedToken = { issuer: string; claims: JsonObject }

/** Decides by the policy alone: allow when an authority that issued the token has its condition met. */
export function evaluatePolicy({ authorities }: ReleasePolicy, token: VerifiedToken): Evaluation {
  const trace = authorities.map((authority) => traceAuthority(authority, token))
  return { decision: trace.some(({ met }) => met) ? 'allow' : 'deny', trace }
}

function traceAuthority({ authority, condition }: Authority, { issuer, claims }: VerifiedToken): AuthorityTrace {
  if (!isSameAuthority(authority, issuer)) return { authority, isIssuer: false, met: false, condition: null }
  const traced = traceCondition(condition, claims)
  return { authority, isIssuer: true, met: traced.met, condition: traced }
}

function traceCondition(condition: Condition, claims: JsonObject): ConditionTrace {
  switch (condition.kind) {
    case 'claim': {
      const { claim, equals } = condition
      const outcome = outcomeOf(claim, equals, claims)
      const met = outcome === 'exact' || outcome === 'as-text'
      return { kind: 'claim', claim, met, outcome, wanted: equals, operator: 'equals' }
    }
    case 'unsupported': {
      const { claim, operator } = condition
      return { kind: 'claim', claim, met: false, outcome: 'unsupported-operator', wanted: null, operator }
    }
    case 'allOf':
    case 'anyOf': {
      const { kind } = condition
      const conditions = condition.conditions.map((each) => traceCondition(each, claims))
      // A list is never empty once read, so that `every` can't be met by nothing.
      const met = kind === 'allOf' ? conditions.every((each) => each.met) : conditions.some((each) => each.met)
      return { kind, met, conditions }
    }
  }
}

function outcomeOf(claim: string, wanted: Scalar, claims: JsonObject): ClaimOutcome {
  const found = findClaim(claims, claim)
  switch (found.found) {
    case 'nothing':
      return 'missing'
    case 'not-scalar':
      return 'not-scalar'
    case 'value':
      return compareWithClaim(wanted, found.value)
  }
}
