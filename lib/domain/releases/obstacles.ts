import type { AuthorityTrace, ClaimOutcome, ConditionTrace } from './evaluate-policy'
import type { Scalar } from './policy'

/** One thing that stands between a token and the key. */
export type Obstacle =
  | { kind: 'no-authority' }
  | { kind: 'claim'; at: string; claim: string; wanted: Scalar | null; operator: string; outcome: ClaimOutcome }

/**
 * Why a token is refused: the conditions that are not met, with their places (`anyOf[0].allOf[1]`), of every authority that issued
 * it; `no-authority` where none did. Of a group that is met nothing is in the way. Empty where the token is let in.
 */
export function obstaclesOf(trace: readonly AuthorityTrace[]): Obstacle[] {
  if (trace.some(({ met }) => met)) return []
  if (!trace.some(({ isIssuer }) => isIssuer)) return [{ kind: 'no-authority' }]
  return trace.flatMap(({ condition }, index) => (condition ? unmet(condition, `anyOf[${index}]`) : []))
}

function unmet(condition: ConditionTrace, at: string): Obstacle[] {
  if (condition.met) return []
  if (condition.kind !== 'claim')
    return condition.conditions.flatMap((each, index) => unmet(each, `${at}.${condition.kind}[${index}]`))
  const { claim, wanted, operator, outcome } = condition
  return [{ kind: 'claim', at, claim, wanted, operator, outcome }]
}
