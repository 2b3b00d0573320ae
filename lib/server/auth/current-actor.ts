import 'server-only'
import { cookies } from 'next/headers'
import { cache } from 'react'
import { DATABASE_SILENT } from '@/lib/domain/failures/database-silent'
import type { Actor } from '../context'
import { isDatabaseUnavailable } from '../doors/database-unavailable'
import { requestIsOf } from '../log/current-request'
import { runtimeContext } from '../runtime'
import {
  type LiveSession,
  readLiveSession,
  readOwingSession,
  readSessionAndStanding,
  type SessionAndStanding,
} from './read-session'
import { sessionCookie } from './session-cookie'
import { sessionIdOf } from './session-token'

/** The session that asks: its row is checked once for each request, and never taken from the cookie. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const sessionId = await sessionIdOfRequest()
  const session = sessionId ? await orSaySilent(readLiveSession(runtimeContext(), sessionId)) : null
  if (session) requestIsOf(session.actor.personId)
  return session
})

/** The same with what every frame shows: for pages and reading routes, and read by their one statement. */
export const currentSessionAndStanding = cache(async (): Promise<SessionAndStanding | null> => {
  const sessionId = await sessionIdOfRequest()
  const read = sessionId ? await orSaySilent(readSessionAndStanding(runtimeContext(), sessionId)) : null
  if (read) requestIsOf(read.session.actor.personId)
  return read
})

/** Who is asking. */
export async function currentActor(): Promise<Actor | null> {
  return (await currentSession())?.actor ?? null
}

/** Who is signing in and still owes a passkey: nobody for every door but those that ask for it. */
export const owingActor = cache(async (): Promise<Actor | null> => {
  const sessionId = await sessionIdOfRequest()
  return sessionId ? orSaySilent(readOwingSession(runtimeContext(), sessionId)) : null
})

/** What this browser's cookie names, live or not. */
export async function sessionIdOfRequest(): Promise<string | null> {
  return sessionIdOf((await cookies()).get(sessionCookie().name)?.value)
}

/** Next hands an error's own digest to the page that stands in for the failed one, and nothing else of it. */
class DatabaseSilent extends Error {
  override readonly name = 'DatabaseSilent'
  readonly digest = DATABASE_SILENT
}

/** Every page asks this first, so a page that can't be had says why. */
async function orSaySilent<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    throw isDatabaseUnavailable(error) ? new DatabaseSilent('the database did not answer', { cause: error }) : error
  }
}
