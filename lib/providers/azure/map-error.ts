import { RestError } from '@azure/core-rest-pipeline'
import { z } from 'zod'
import { skrNumberIn } from '@/lib/domain/releases/skr-numbers'
import { type Certainty, ProviderError, type ProviderErrorCode } from '../port'
import { type CallFacts, ForeignOriginError } from './call'

const vaultErrorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string().optional(),
    innerError: z.object({ code: z.string() }).nullish(),
    innererror: z.object({ code: z.string() }).nullish(),
  }),
})

/**
 * Refusals of a release are told apart by the recorded sentences: their inner code is one for all. A Managed HSM says the
 * same without the number.
 */
function releaseCodeOf(status: number, text: string): ProviderErrorCode | undefined {
  if (status === 403 && /does not meet key release policy/i.test(text)) return 'policy-not-met'
  if (status === 403 && /attestation statement cannot be verified/i.test(text)) return 'token-not-verified'
  const silent = /specified attestation service .* cannot be reached/i.test(text) || skrNumberIn(text) === '1012'
  return status === 400 && silent ? 'authority-unreachable' : undefined
}

interface VaultErrorFacts {
  code?: string
  innerCode?: string
  /** Read here to tell cases apart; never passed on. */
  text: string
}

/** Any failure of the SDK as a `ProviderError`. The vault's own text stays behind; its codes go with it. */
export function mapError(error: unknown, facts: CallFacts): ProviderError {
  if (error instanceof ProviderError) return error
  if (error instanceof ForeignOriginError)
    return new ProviderError('unexpected-answer', 'refused', {}, { cause: error })
  if (error instanceof RestError && error.statusCode !== undefined) return fromAnswer(error, error.statusCode, facts)
  return fromSilence(error, facts)
}

function fromAnswer(error: RestError, status: number, facts: CallFacts): ProviderError {
  const vault = vaultErrorFacts(error)
  const code = codeOf(status, vault)
  const certainty: Certainty = isRefusal(status) ? 'refused' : facts.sent ? 'unknown' : 'not-sent'
  const skrNumber = skrNumberIn(vault.text)
  const retryAfter = Number(error.response?.headers.get('retry-after'))
  return new ProviderError(
    code,
    certainty,
    {
      status,
      ...(vault.code ? { vaultCode: vault.innerCode ? `${vault.code}/${vault.innerCode}` : vault.code } : {}),
      ...(facts.requestId ? { requestId: facts.requestId } : {}),
      ...(skrNumber ? { skrNumber } : {}),
      ...(Number.isFinite(retryAfter) && retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}),
    },
    { cause: error },
  )
}

/** A 3xx or 4xx says that nothing was done. A 5xx says nothing of what went before it, a 2xx that was cut short that it was done. */
function isRefusal(status: number): boolean {
  return status >= 300 && status < 500 && status !== 408
}

function codeOf(status: number, vault: VaultErrorFacts): ProviderErrorCode {
  if (status < 300) return 'unexpected-answer'
  // What a Managed HSM that was never activated answers is not documented; its text says so in every account of it.
  if (/not (yet )?activated/i.test(vault.text)) return 'not-activated'
  const ofRelease = releaseCodeOf(status, vault.text)
  if (ofRelease) return ofRelease
  switch (status) {
    case 401:
      return 'not-authenticated'
    case 403:
      return vault.innerCode === 'KeyDisabled' || /disabled key/.test(vault.text) ? 'key-disabled' : 'not-permitted'
    case 404:
      return 'key-not-found'
    case 409:
      return vault.innerCode === 'ObjectIsDeletedButRecoverable' ? 'name-soft-deleted' : 'conflict'
    case 429:
      return 'throttled'
    default:
      return status >= 500 || status === 408 ? 'vault-error' : 'bad-request'
  }
}

function vaultErrorFacts(error: RestError): VaultErrorFacts {
  const parsed = vaultErrorSchema.safeParse(error.details ?? bodyOf(error))
  if (!parsed.success) return { text: '' }
  const { code, message, innerError, innererror } = parsed.data.error
  const innerCode = (innerError ?? innererror)?.code
  return { code, ...(innerCode ? { innerCode } : {}), text: message ?? '' }
}

/** Lists fail with an error of another shape: the body is on the response, and may be no JSON at all. */
function bodyOf(failure: RestError): unknown {
  const text = failure.response?.bodyAsText
  if (!text) return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
}

/** Node's codes of a connection that never came to be. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
])

function fromSilence(error: unknown, facts: CallFacts): ProviderError {
  const certainty: Certainty = facts.sent ? 'unknown' : 'not-sent'
  const options = { cause: error }
  if (isAbort(error)) return new ProviderError('vault-timeout', certainty, {}, options)
  if (isForeignChallenge(error)) return new ProviderError('foreign-challenge', 'not-sent', {}, options)
  if (isCredentialFailure(error)) return new ProviderError('not-authenticated', certainty, {}, options)
  const network = networkCode(error)
  if (network && NEVER_CONNECTED.has(network)) return new ProviderError('vault-unreachable', certainty, {}, options)
  if (network || error instanceof RestError) return new ProviderError('connection-lost', certainty, {}, options)
  return new ProviderError('unexpected-answer', certainty, {}, options)
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')
}

function isForeignChallenge(error: unknown): boolean {
  return error instanceof Error && /challenge resource .* does not match/i.test(error.message)
}

function isCredentialFailure(error: unknown): boolean {
  return error instanceof Error && /^(Authentication|Aggregate|CredentialUnavailable|LocalToken)/.test(error.name)
}

function networkCode(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && /^(E[A-Z_]+|CERT_[A-Z_]+|UND_ERR_[A-Z_]+)$/.test(at.code))
      return at.code
  }
  return undefined
}
