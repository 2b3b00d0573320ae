import type { ClaimOutcome } from './evaluate-policy'
import type { Obstacle } from './obstacles'

const OUTCOME_WORDS = {
  exact: 'is met',
  'as-text': 'is met',
  different: 'has another value',
  missing: 'is not in the token',
  'not-scalar': 'is a list or an object in the token, which nothing equals',
  'unsupported-operator': 'is compared by an operator that is never met',
} as const satisfies Record<ClaimOutcome, string>

/** One reason for a refusal, in words; never a value of a claim. */
export function describeObstacle(obstacle: Obstacle): string {
  if (obstacle.kind === 'no-authority') return 'the token was issued by an authority that the policy does not name'
  return `${obstacle.claim} ${OUTCOME_WORDS[obstacle.outcome]} (${obstacle.at})`
}
