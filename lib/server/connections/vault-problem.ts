import 'server-only'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import { HEALTH_WORDS } from '@/lib/domain/connections/health-words'
import { ProviderError, type ProviderErrorCode } from '@/lib/providers/port'
import type { ServiceError } from '../context'

// Every code of the port has words in the domain, which may not import the port.
const WORDS: Record<ProviderErrorCode, string> = HEALTH_WORDS

const CODES: Record<ProviderErrorCode, ProblemCode> = {
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
  'not-activated': 'vault-refused',
  'vault-error': 'vault-unreachable',
  'unexpected-answer': 'vault-refused',
  'foreign-challenge': 'vault-refused',
  'credential-missing': 'vault-not-permitted',
}

/** A vault's failure as a service tells it: nothing was changed. Whatever is no failure of a vault is a bug and thrown on. */
export function vaultProblem(error: unknown): ServiceError {
  if (!(error instanceof ProviderError)) throw error
  const requestId = error.facts.requestId ? ` The vault’s request id: ${error.facts.requestId}.` : ''
  return { code: CODES[error.code], message: `${WORDS[error.code]} Nothing was changed.${requestId}` }
}

/** Whether the vault can have done what failed; a bug is thrown on. */
export function mayHaveHappened(error: unknown): boolean {
  if (!(error instanceof ProviderError)) throw error
  return error.certainty === 'unknown'
}
