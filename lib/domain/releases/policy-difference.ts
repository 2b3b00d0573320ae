import { evaluatePolicy, type VerifiedToken } from './evaluate-policy'
import { type Obstacle, obstaclesOf } from './obstacles'
import type { ReleasePolicy } from './policy'
import { type PolicyChange, policyChanges } from './policy-changes'

/** What a change of policy means for one token. */
export type TokenChange = 'gains' | 'loses' | 'stays-allowed' | 'stays-denied'

/**
 * `because` is what decides: for a token that loses, what the new policy finds missing; for one that gains, what the old one found
 * missing; for one that stays denied, what is missing now; empty for one that stays allowed.
 */
export type TokenDifference<T> = { token: T; change: TokenChange; because: Obstacle[] }

export type PolicyDifference<T> = { changes: PolicyChange[]; tokens: TokenDifference<T>[] }

/** What one policy in place of another means: for each token, and in the conditions themselves. */
export function policyDifference<T extends VerifiedToken>(
  before: ReleasePolicy,
  after: ReleasePolicy,
  tokens: readonly T[],
): PolicyDifference<T> {
  return { changes: policyChanges(before, after), tokens: tokens.map((token) => ofToken(before, after, token)) }
}

function ofToken<T extends VerifiedToken>(before: ReleasePolicy, after: ReleasePolicy, token: T): TokenDifference<T> {
  const [was, is] = [evaluatePolicy(before, token), evaluatePolicy(after, token)]
  if (is.decision === 'deny') {
    const change = was.decision === 'allow' ? 'loses' : 'stays-denied'
    return { token, change, because: obstaclesOf(is.trace) }
  }
  return was.decision === 'allow'
    ? { token, change: 'stays-allowed', because: [] }
    : { token, change: 'gains', because: obstaclesOf(was.trace) }
}
