import 'server-only'
import type { NextRequest } from 'next/server'
import type { OidcRefusal } from '@/lib/domain/people/oidc-refusal'
import type { SignInPlace } from '../auth/sign-in'
import { AuditUnavailable } from '../doors/audit-unavailable'
import { ADDRESS_HEADER } from '../doors/client-address'
import { isDatabaseUnavailable } from '../doors/database-unavailable'
import { logFailure } from '../doors/log-failure'
import { env } from '../env'
import { problemResponse } from '../route'
import type { OidcProvider } from './provider'
import { toNotice } from './responses'
import { thisProvider } from './this-provider'

type Handler = (provider: OidcProvider, request: NextRequest) => Promise<Response>

/**
 * The door of the addresses by which people come and go from the provider: before a session, so no permission is asked;
 * closed where no provider is set. What breaks within ends on a page, not in a bare 500.
 */
export function oidcDoor(kind: 'sign-in' | 'step-up', handle: Handler) {
  return async (request: NextRequest): Promise<Response> => {
    const provider = thisProvider()
    if (!provider) return problemResponse('not-found')
    try {
      return await handle(provider, request)
    } catch (error) {
      logFailure(error, { where: request.nextUrl.pathname, requestId: crypto.randomUUID() })
      const code = codeOfThrown(error)
      return toNotice(kind === 'sign-in' ? { kind, code, who: null } : { kind, code, stepUpId: null })
    }
  }
}

function codeOfThrown(error: unknown): OidcRefusal {
  const unrecorded = error instanceof AuditUnavailable || isDatabaseUnavailable(error)
  return unrecorded ? 'not-recorded' : 'unexpected'
}

/** Next answers HEAD by running GET; a link checker must neither begin a sign-in nor use up an answer. */
export const noHead = () => new Response(null, { status: 405, headers: { allow: 'GET' } })

export const placeOf = ({ headers }: NextRequest): SignInPlace => ({
  address: headers.get(ADDRESS_HEADER) ?? 'unknown',
  userAgent: headers.get('user-agent'),
  passkeyAfterProvider: env().passkeys.afterProvider,
})
