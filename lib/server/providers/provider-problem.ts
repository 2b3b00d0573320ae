import 'server-only'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import type { ProviderError, ProviderErrorCode } from '@/lib/providers/port'

const PROBLEM_OF = {
  'vault-unreachable': 'vault-unreachable',
  'vault-timeout': 'vault-unreachable',
  'connection-lost': 'vault-unreachable',
  throttled: 'vault-unreachable',
  'not-authenticated': 'vault-not-permitted',
  'not-permitted': 'vault-not-permitted',
  'key-not-found': 'not-found',
  'name-soft-deleted': 'name-soft-deleted',
  conflict: 'vault-refused',
  'bad-request': 'vault-refused',
  'key-disabled': 'vault-refused',
  'policy-not-met': 'release-denied',
  'token-not-verified': 'release-denied',
  'authority-unreachable': 'vault-refused',
  'not-activated': 'vault-refused',
  'vault-error': 'vault-refused',
  'unexpected-answer': 'vault-refused',
  'foreign-challenge': 'vault-not-permitted',
  'credential-missing': 'vault-not-permitted',
} as const satisfies Record<ProviderErrorCode, ProblemCode>

/** The officer's code for a vault's failure; a write whose end is unknown is always that, whatever the cause. */
export function problemOf(error: ProviderError, asked: 'read' | 'write'): ProblemCode {
  return asked === 'write' && error.certainty === 'unknown' ? 'outcome-unknown' : PROBLEM_OF[error.code]
}
