import 'server-only'
import { decode, encode } from 'next-auth/jwt'
import { z } from 'zod'
import { env } from '../env'
import { ABSOLUTE_MS } from './session-clock'

/** All that the cookie says: which session row to look at. */
export const sessionTokenSchema = z.object({ sid: z.uuid() })

/** Null for a cookie that is missing, forged, lapsed or of another installation. */
export async function sessionIdOf(cookieValue: string | undefined): Promise<string | null> {
  if (!cookieValue) return null
  const parsed = sessionTokenSchema.safeParse(await decodeOrNull(cookieValue))
  return parsed.success ? parsed.data.sid : null
}

async function decodeOrNull(token: string): Promise<unknown> {
  try {
    return await decode({ token, secret: env().authSecret })
  } catch {
    // That it can't be decoded is the whole finding: nobody is signed in by it.
    return null
  }
}

/** The cookie's value for a session that was started elsewhere than in next-auth's own sign-in. */
export function sessionTokenOf(sessionId: string): Promise<string> {
  return encode({ token: { sid: sessionId }, secret: env().authSecret, maxAge: ABSOLUTE_MS / 1000 })
}
