import 'server-only'
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client'
import { z } from 'zod'
import type { OidcRefusal } from '@/lib/domain/people/oidc-refusal'
import { UnreadableIdentity } from './identity'

/** What went wrong with the provider: a code for people, and for the audit log which part it was. */
export interface ProviderFault {
  code: OidcRefusal
  /** A word of ours, of the library's closed codes, or of OAuth's registered errors: never a provider's own text. */
  fault: string
}

/** What the provider publishes as its issuer is not what the settings say. */
export class IssuerDiffers extends Error {
  override readonly name = 'IssuerDiffers'
}

const UNREACHED = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON']

/** RFC 6749 4.1.2.1 and 5.2, OpenID Connect Core 3.1.2.6. */
const REGISTERED_ERRORS = [
  'access_denied',
  'account_selection_required',
  'consent_required',
  'interaction_required',
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_scope',
  'login_required',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_response_type',
]

const registered = (error: string) => (REGISTERED_ERRORS.includes(error) ? error : 'another error')

/** Tells a thrown failure's kind; anything unknown is an answer that was not accepted. */
export function toProviderFault(error: unknown): ProviderFault {
  if (error instanceof IssuerDiffers) return { code: 'issuer-differs', fault: 'issuer' }
  if (error instanceof UnreadableIdentity) return { code: 'answer-refused', fault: error.claim }
  if (error instanceof AuthorizationResponseError) return { code: 'provider-refused', fault: registered(error.error) }
  if (error instanceof ResponseBodyError) return { code: 'answer-refused', fault: registered(error.error) }
  if (error instanceof WWWAuthenticateChallengeError) return { code: 'answer-refused', fault: 'invalid_client' }
  if (!(error instanceof ClientError)) return { code: 'provider-unavailable', fault: 'not reached' }
  return faultOfClient(error)
}

/** `fetch` itself fails with a TypeError, which the library wraps without a code. */
function faultOfClient(error: ClientError): ProviderFault {
  const { code } = error
  if (code === undefined || UNREACHED.includes(code))
    return { code: 'provider-unavailable', fault: code ?? 'not reached' }
  const about = aboutOf(error)
  if (about === 'issuer') return { code: 'issuer-differs', fault: 'issuer' }
  return { code: 'answer-refused', fault: about ? `${code} ${about}` : code }
}

const CLAIMS = ['iss', 'aud', 'azp', 'exp', 'iat', 'nbf', 'nonce', 'sub', 'auth_time'] as const
const causeSchema = z.object({ claim: z.enum(CLAIMS).optional(), attribute: z.literal('issuer').optional() }).partial()

/** Which claim it was: the library tells it in the innermost cause, beside the token's content, which is not looked at. */
function aboutOf(error: Error, depth = 0): string | undefined {
  const { cause } = error
  const known = causeSchema.safeParse(cause).data
  const own = known?.claim ?? known?.attribute
  if (own || depth > 2) return own
  return cause instanceof Error ? aboutOf(cause, depth + 1) : undefined
}
