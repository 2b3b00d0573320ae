import 'server-only'
import { hkdfSync } from 'node:crypto'
import { jwtDecrypt } from 'jose'
import { encode } from 'next-auth/jwt'
import { z } from 'zod'
import { env } from '../env'
import { ABSOLUTE_MS } from './session-clock'

/** All that the cookie says: which session row to look at. */
export const sessionTokenSchema = z.object({ sid: z.uuid() })

/** Seconds by which next-auth lets clocks differ. */
const TOLERANCE = 15

const SEALED_AS = {
  keyManagementAlgorithms: ['dir'],
  contentEncryptionAlgorithms: ['A256GCM'],
  clockTolerance: TOLERANCE,
  requiredClaims: ['exp'],
}

/**
 * The session that next-auth's `encode` put into the cookie; null for one that is missing, forged, lapsed or of another
 * installation. next-auth's own `decode` says the same, but derives the key anew with every request.
 */
export async function sessionIdOf(cookieValue: string | undefined, secret = env().authSecret): Promise<string | null> {
  if (!cookieValue) return null
  try {
    const { payload } = await jwtDecrypt(cookieValue, await sealingKey(secret), SEALED_AS)
    return sessionTokenSchema.safeParse(payload).data?.sid ?? null
  } catch {
    // That it can't be opened is the whole finding: nobody is signed in by it.
    return null
  }
}

let derived: { secret: string; key: Promise<CryptoKey> } | undefined

/** As next-auth derives it from the installation's secret: the same for every cookie of it. */
function sealingKey(secret: string): Promise<CryptoKey> {
  if (derived?.secret !== secret) derived = { secret, key: deriveSealingKey(secret) }
  return derived.key
}

function deriveSealingKey(secret: string): Promise<CryptoKey> {
  const bytes = hkdfSync('sha256', secret, '', 'NextAuth.js Generated Encryption Key', 32)
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['decrypt'])
}

/** The cookie's value for a session that was started elsewhere than in next-auth's own sign-in. */
export function sessionTokenOf(sessionId: string, secret = env().authSecret): Promise<string> {
  return encode({ token: { sid: sessionId }, secret, maxAge: ABSOLUTE_MS / 1000 })
}
