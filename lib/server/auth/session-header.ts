import 'server-only'
import { formatSessionEnds, SESSION_HEADER, type SessionEnds } from '@/lib/domain/people/session-ends'
import type { LiveSession } from './read-session'
import { IDLE_MS } from './session-clock'

export function sessionEnds({ actor, lastUseAt, expiresAt }: LiveSession, now: Date): SessionEnds {
  return {
    personId: actor.personId,
    idleInMs: lastUseAt.getTime() + IDLE_MS - now.getTime(),
    endsInMs: expiresAt.getTime() - now.getTime(),
  }
}

/** On every answer of a route to somebody signed in: whose session it is, and how long it lasts. What told it before stays. */
export function tellSession(response: Response, session: LiveSession, now: Date): Response {
  if (!response.headers.has(SESSION_HEADER)) {
    response.headers.set(SESSION_HEADER, formatSessionEnds(sessionEnds(session, now)))
  }
  return response
}
