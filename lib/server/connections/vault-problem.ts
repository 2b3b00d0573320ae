import 'server-only'
import { HEALTH_WORDS } from '@/lib/domain/connections/health-words'
import { ProviderError, type ProviderErrorCode } from '@/lib/providers/port'
import type { ServiceError } from '../context'
import { problemOf } from '../providers/provider-problem'

// Every code of the port has words in the domain, which may not import the port.
const WORDS: Record<ProviderErrorCode, string> = HEALTH_WORDS

/** A vault's failure as a service tells it: nothing was changed. Whatever is no failure of a vault is a bug and thrown on. */
export function vaultProblem(error: unknown): ServiceError {
  if (!(error instanceof ProviderError)) throw error
  const requestId = error.facts.requestId ? ` The vault’s request id: ${error.facts.requestId}.` : ''
  return { code: problemOf(error, 'read'), message: `${WORDS[error.code]} Nothing was changed.${requestId}` }
}

/** Whether the vault can have done what failed; a bug is thrown on. */
export function mayHaveHappened(error: unknown): boolean {
  if (!(error instanceof ProviderError)) throw error
  return error.certainty === 'unknown'
}
