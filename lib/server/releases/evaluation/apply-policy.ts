import 'server-only'
import type { DecodedToken } from '@/lib/domain/releases/decode-attestation-token'
import { type ConditionTrace, evaluatePolicy } from '@/lib/domain/releases/evaluate-policy'
import { findClaim } from '@/lib/domain/releases/find-claim'
import type { PolicyApplied, TokenFacts } from '@/lib/domain/releases/history/evaluation-views'
import { parseReleasePolicy } from '@/lib/domain/releases/parse-policy'
import type { Scalar } from '@/lib/domain/releases/policy'
import type { PolicySnapshot } from '../../db/generated/client'
import { knownEnvironment } from './known-environment'

/** Of a text claim; the rest of it is in the token. */
const LONGEST = 400

/** The policy as it was seen, and what it makes of a token, with the token's own values beside it. */
export function applyPolicy(snapshot: PolicySnapshot, { issuer, claims }: DecodedToken): PolicyApplied {
  const text = snapshot.policy ?? ''
  const read = parseReleasePolicy(text)
  const trace = read.ok ? evaluatePolicy(read.value, { issuer, claims }).trace : null
  const named = (trace ?? []).flatMap(({ condition }) => (condition ? claimsIn(condition) : []))
  return {
    ...{ text, sha256: snapshot.policySha256, trace },
    seenFrom: snapshot.firstSeenAt.toISOString(),
    seenTo: snapshot.lastSeenAt.toISOString(),
    actual: Object.fromEntries(named.flatMap((claim) => actualOf(claim, claims))),
  }
}

function claimsIn(condition: ConditionTrace): string[] {
  return condition.kind === 'claim' ? [condition.claim] : condition.conditions.flatMap(claimsIn)
}

function actualOf(claim: string, claims: DecodedToken['claims']): [string, Scalar][] {
  const found = findClaim(claims, claim)
  if (found.found !== 'value') return []
  return [[claim, typeof found.value === 'string' ? found.value.slice(0, LONGEST) : found.value]]
}

export function tokenFacts(sha256: string, token: DecodedToken): TokenFacts {
  const { issuer, algorithm, times } = token
  const at = (seconds: number | null) => {
    const date = seconds === null ? null : new Date(seconds * 1000)
    return date && !Number.isNaN(date.getTime()) ? date.toISOString() : null
  }
  return {
    ...{ sha256, issuer: issuer.slice(0, 512), algorithm, issuedAt: at(times.issuedAt), expiresAt: at(times.expires) },
    environment: knownEnvironment(token),
  }
}
