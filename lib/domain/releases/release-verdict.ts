import { evaluatePolicy, type VerifiedToken } from './evaluate-policy'
import type { LogDecision } from './history/vault-log-record'
import { parseReleasePolicy } from './parse-policy'
import type { PolicyThen } from './policy-at'

/**
 * What a release comes to when it is evaluated again, with its token and the policy of that instant:
 * `agrees`: the vault did what the policy says. `diverges`: it did the opposite. `policy-not-known`: which policy it was is not
 * known. `not-by-policy`: the call ended for a reason that is no policy's.
 */
export const RELEASE_VERDICTS = ['agrees', 'diverges', 'policy-not-known', 'not-by-policy'] as const
export type ReleaseVerdict = (typeof RELEASE_VERDICTS)[number]

/** These are evaluated; of the others nobody can say whether the policy was kept. */
export const EVALUATED: readonly ReleaseVerdict[] = ['agrees', 'diverges']

/** How a call ended, as far as it tells of the policy. */
export type ReleaseEnd = 'released' | 'denied' | 'other'

/**
 * A refusal is taken for the policy's unless its words name another reason: the caller's rights, or a token that could not be
 * verified. Logs do not always hold words.
 */
export function endOf({ decision, description }: { decision: LogDecision; description: string | null }): ReleaseEnd {
  if (decision !== 'denied') return decision === 'allowed' ? 'released' : 'other'
  if (description === null || /does not meet key release policy/i.test(description)) return 'denied'
  return OTHER_REASON.test(description) ? 'other' : 'denied'
}

const OTHER_REASON = /not authorized|permission|cannot be verified|disabled key|firewall|AKV\.SKR\./i

export type VerdictOnRelease = { verdict: ReleaseVerdict; expected: 'allow' | 'deny' | null }

/** `inTime`: the token held at that instant. A vault lets none in that does not. */
export type TokenThen = VerifiedToken & { inTime: boolean }

/** The verdict on one release. A policy that was none, or can't be read, lets nobody in. */
export function judgeRelease(end: ReleaseEnd, then: PolicyThen, token: TokenThen): VerdictOnRelease {
  if (end === 'other') return { verdict: 'not-by-policy', expected: null }
  if (!token.inTime) return { verdict: end === 'released' ? 'diverges' : 'not-by-policy', expected: 'deny' }
  if (then.known !== 'policy') return { verdict: 'policy-not-known', expected: null }
  const expected = expectedBy(then.sighting.policy, token)
  return { verdict: (expected === 'allow') === (end === 'released') ? 'agrees' : 'diverges', expected }
}

export function expectedBy(policy: string | null, token: VerifiedToken): 'allow' | 'deny' {
  const read = policy === null ? null : parseReleasePolicy(policy)
  return read?.ok ? evaluatePolicy(read.value, token).decision : 'deny'
}
