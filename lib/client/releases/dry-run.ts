import { type DecodedToken, decodeAttestationToken, remarksOn } from '@/lib/domain/releases/decode-attestation-token'
import { describeObstacle } from '@/lib/domain/releases/describe-obstacle'
import { type AuthorityTrace, evaluatePolicy } from '@/lib/domain/releases/evaluate-policy'
import { findWrappingKey } from '@/lib/domain/releases/find-wrapping-key'
import { obstaclesOf } from '@/lib/domain/releases/obstacles'
import { parseReleasePolicy } from '@/lib/domain/releases/parse-policy'
import { isSignedByPublishedKey, NOT_BY_PUBLISHED_KEY } from '@/lib/domain/releases/signing-algorithm'
import { TOKEN_PROBLEM_WORDS, TOKEN_REMARK_WORDS } from '@/lib/domain/releases/token-problem'

/** What a vault will answer, as far as policy and claims tell. `obstacles`: what else it holds against the token comes last. */
export type DryRun =
  | { state: 'empty' }
  | { state: 'unreadable'; problem: string }
  | {
      state: 'run'
      /** What the policy alone says. */
      policySays: 'allow' | 'deny'
      /** Whether the key can be expected to be released. */
      released: boolean
      obstacles: readonly string[]
      trace: readonly AuthorityTrace[]
      token: DecodedToken
      /** Bits of the key that the released one would be wrapped for. */
      wrapping: { kid: string; bits: number } | null
    }

const NO_WRAPPING_KEY =
  'the token holds no key that a released one could be wrapped for: an RSA key with a kid, marked for encryption, in x-ms-runtime.keys'

/** Evaluates a token by a policy here, in the tab: no vault is asked. The signature is not looked at. */
export function dryRun(text: string, policyText: string, nowMs: number): DryRun {
  if (text.trim() === '') return { state: 'empty' }
  const token = decodeAttestationToken(text)
  if (!token.ok) return { state: 'unreadable', problem: TOKEN_PROBLEM_WORDS[token.error] }
  if (!isSignedByPublishedKey(token.value)) return { state: 'unreadable', problem: NOT_BY_PUBLISHED_KEY }
  const policy = parseReleasePolicy(policyText)
  if (!policy.ok)
    return { state: 'unreadable', problem: 'The key’s release policy can not be read, so it lets nobody in.' }
  const { issuer, claims, times } = token.value
  const { decision, trace } = evaluatePolicy(policy.value, { issuer, claims })
  const found = findWrappingKey(claims)
  const others = [
    ...remarksOn(times, nowMs / 1000).map((remark) => TOKEN_REMARK_WORDS[remark]),
    ...(found ? [] : [NO_WRAPPING_KEY]),
  ]
  const obstacles = [...obstaclesOf(trace).map(describeObstacle), ...others]
  return {
    ...{ state: 'run' as const, policySays: decision, released: obstacles.length === 0 },
    ...{ obstacles, trace, token: token.value },
    wrapping: found ? { kid: found.kid, bits: Math.floor((found.n.replace(/^A+/, '').length * 6) / 8) * 8 } : null,
  }
}
