import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { ServiceError } from '../context'
import type { Env } from '../env'

export type PasskeySettings = Env['passkeys']

/** The one origin and host name that passkeys are made for and answer to. */
export interface RelyingParty {
  origin: string
  rpId: string
}

export function relyingPartyOf({ origin, rpId }: PasskeySettings): Result<RelyingParty, ServiceError> {
  return rpId ? ok({ origin, rpId }) : err({ code: 'passkey-refused', message: unavailableWords(origin) })
}

/** Null where passkeys work. */
export function unavailableHere({ origin, rpId }: PasskeySettings): string | null {
  return rpId ? null : unavailableWords(origin)
}

/** Why there are no passkeys at this address, and what to set so that there are. */
export function unavailableWords(origin: string): string {
  const { hostname, port } = new URL(origin)
  const isLoopback = hostname === '[::1]' || hostname.startsWith('127.')
  const better = isLoopback
    ? `DRAWBRIDGE_URL=http://localhost:${port || 80}`
    : 'DRAWBRIDGE_URL to a host name over https'
  return `Browsers make no passkeys for ${origin}: they need a name, not an address of numbers, and https unless it is localhost. Start the console with ${better}.`
}
