import 'server-only'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import type { Actor } from '../context'
import { requestIsOf } from '../log/current-request'
import { runtimeContext } from '../runtime'
import { readSession } from './read-session'
import { sessionCookie } from './session-cookie'
import { sessionIdOf } from './session-token'

/** Requests that a page sends by itself carry this header; they do not keep a session alive. */
export const POLL_HEADER = 'x-drawbridge-poll'

/** Who is asking: the session row is checked once for each request, and never taken from the cookie. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const sessionId = await sessionIdOf((await cookies()).get(sessionCookie().name)?.value)
  if (!sessionId) return null
  const countsAsUse = !(await headers()).has(POLL_HEADER)
  const actor = await readSession(runtimeContext(), sessionId, { countsAsUse })
  if (actor) requestIsOf(actor.personId)
  return actor
})
