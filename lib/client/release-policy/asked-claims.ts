import {
  type ClaimOutcome,
  type ConditionTrace,
  evaluatePolicy,
  type VerifiedToken,
} from '@/lib/domain/releases/evaluate-policy'
import type { Scalar } from '@/lib/domain/releases/policy'
import { readWholePolicy } from './read-whole-policy'

/** What a policy asks of one claim of a token, and what became of it. */
export type AskedClaim = { claim: string; wanted: Scalar | null; operator: string; outcome: ClaimOutcome; met: boolean }

/** What the token's own authorities ask for, by claim; empty while the text is no policy. */
export function askedClaims(policy: string, token: VerifiedToken): ReadonlyMap<string, AskedClaim[]> {
  const asked = new Map<string, AskedClaim[]>()
  const read = readWholePolicy(policy)
  if (!read.ok) return asked
  for (const { condition } of evaluatePolicy(read.value, token).trace) if (condition) collect(condition, asked)
  return asked
}

function collect(condition: ConditionTrace, into: Map<string, AskedClaim[]>): void {
  if (condition.kind !== 'claim') {
    for (const each of condition.conditions) collect(each, into)
    return
  }
  const { claim, wanted, operator, outcome, met } = condition
  into.set(claim, [...(into.get(claim) ?? []), { claim, wanted, operator, outcome, met }])
}
