import 'server-only'
import { createDecipheriv, hkdfSync } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { z } from 'zod'
import { env } from '../env'
import { ABSOLUTE_MS } from './session-clock'

/** All that the cookie says: which session row to look at. */
export const sessionTokenSchema = z.object({ sid: z.uuid() })

const headerSchema = z.object({ alg: z.literal('dir'), enc: z.literal('A256GCM') })
/** `exp`: seconds since 1970. */
const claimsSchema = sessionTokenSchema.extend({ exp: z.number() })

const IV_BYTES = 12
const TAG_BYTES = 16
/** Seconds by which next-auth lets clocks differ. */
const TOLERANCE = 15

/** Null for a cookie that is missing, forged, lapsed or of another installation. */
export function sessionIdOf(cookieValue: string | undefined): string | null {
  if (!cookieValue) return null
  const parsed = claimsSchema.safeParse(openOrNull(cookieValue))
  return parsed.success && parsed.data.exp > Date.now() / 1000 - TOLERANCE ? parsed.data.sid : null
}

/**
 * Opens what next-auth's `encode` sealed: a compact JWE (RFC 7516) with a direct key and AES-256-GCM, which authenticates
 * header and content. next-auth's own `decode` says the same, and derives the key anew with every request.
 */
function openOrNull(token: string): unknown {
  try {
    const parts = token.split('.')
    const [header, , iv, content, tag] = parts.map((part) => Buffer.from(part, 'base64url'))
    if (parts.length !== 5 || !header || !iv || !content || !tag) return null
    if (parts[1] !== '' || iv.length !== IV_BYTES || tag.length !== TAG_BYTES) return null
    if (!headerSchema.safeParse(JSON.parse(header.toString())).success) return null
    const decipher = createDecipheriv('aes-256-gcm', sealingKey(env().authSecret), iv, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(parts[0] ?? '', 'ascii')).setAuthTag(tag)
    return JSON.parse(Buffer.concat([decipher.update(content), decipher.final()]).toString())
  } catch {
    // That it can't be opened is the whole finding: nobody is signed in by it.
    return null
  }
}

let derived: { secret: string; key: Buffer } | undefined

/** As next-auth derives it from the installation's secret: the same for every cookie of it. */
function sealingKey(secret: string): Buffer {
  if (derived?.secret !== secret) {
    const key = hkdfSync('sha256', secret, '', 'NextAuth.js Generated Encryption Key', 32)
    derived = { secret, key: Buffer.from(key) }
  }
  return derived.key
}

/** The cookie's value for a session that was started elsewhere than in next-auth's own sign-in. */
export function sessionTokenOf(sessionId: string): Promise<string> {
  return encode({ token: { sid: sessionId }, secret: env().authSecret, maxAge: ABSOLUTE_MS / 1000 })
}
