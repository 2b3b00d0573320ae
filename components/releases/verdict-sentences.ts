import type { EvaluationDetail } from '@/lib/domain/releases/history/evaluation-views'
import type { LogDecision } from '@/lib/domain/releases/history/vault-log-record'

const DID = { allowed: 'released the key', denied: 'refused', failed: 'did not release the key' } as const

/** A verdict in words, for whoever decides what to do next. */
export function verdictSentences(
  { verdict, expected, changed, evidence }: Pick<EvaluationDetail, 'verdict' | 'expected' | 'changed' | 'evidence'>,
  decision: LogDecision,
): { title: string; why: string } {
  switch (verdict) {
    case 'agrees':
      return decision === 'allowed'
        ? {
            title: 'The vault and the policy agree: released.',
            why: 'The token meets the policy that the key had then.',
          }
        : {
            title: 'The vault and the policy agree: refused.',
            why: 'The token does not meet the policy that the key had then.',
          }
    case 'diverges':
      return {
        title: `The vault ${DID[decision]}, and the policy says the opposite.`,
        why: divergence(expected, decision, evidence.source === 'supplied'),
      }
    case 'policy-not-known':
      return {
        title: 'Not evaluated: which policy the key had then is not known.',
        why: changed
          ? 'It was seen to have one policy before and another one after.'
          : 'Drawbridge has not seen its policy both before and after that instant. Where only a look after it is missing, it is evaluated by itself once there was one.',
      }
    case 'not-by-policy':
      return {
        title: 'Not evaluated: it did not end by the policy.',
        why: 'The vault’s words name another reason: the caller’s rights, a token that could not be verified, or a call that failed.',
      }
  }
}

function divergence(expected: 'allow' | 'deny' | null, decision: LogDecision, supplied: boolean): string {
  const doubt = supplied ? ' First make sure that the supplied token is the one of this release.' : ''
  if (decision === 'allowed')
    return `By the policy that the key had then, or by the token’s own times, it is kept out: treat the key as released to somebody who should not have it, and ask the vault’s provider.${doubt}`
  return expected === 'allow'
    ? `By the policy that the key had then, this token is let in. Either the vault acts against its policy, or it refused for a reason that its log does not name.${doubt}`
    : doubt.trim()
}
