import 'server-only'
import { cookies } from 'next/headers'
import { sessionCookie } from './session-cookie'
import { sessionTokenOf } from './session-token'

/** Puts a session's id into this browser's cookie, as next-auth would. */
export async function keepSessionCookie(sessionId: string): Promise<void> {
  const { name, options } = sessionCookie()
  const kept = await cookies()
  kept.set(name, await sessionTokenOf(sessionId), options)
}
