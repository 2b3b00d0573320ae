import { parseSessionEnds, SESSION_HEADER, type SessionEnds } from '@/lib/domain/people/session-ends'
import type { SessionDeadlines } from './session-phase'

/** `replaced`: somebody else has signed in in this browser, so this page is not theirs. */
export type SessionState = { is: 'open'; deadlines: SessionDeadlines } | { is: 'ended' } | { is: 'replaced' }

/** What a tab tells the others. `at`: the instant of which it is true, in milliseconds since 1970. */
interface Told {
  deadlines: SessionDeadlines
  at: number
}

let owner: string | undefined
let toldAt = Number.NEGATIVE_INFINITY
let state: SessionState | null = null
const listeners = new Set<() => void>()
/** Tabs of one browser share one session: what one learns, all know. */
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('drawbridge-session')

function become(next: SessionState) {
  state = next
  for (const tell of listeners) tell()
}

/** An answer that was asked for before the session was prolonged, and comes after, says what was true no longer. */
function learnHere({ deadlines, at }: Told) {
  if (at < toldAt) return
  toldAt = at
  owner ??= deadlines.personId
  become(deadlines.personId === owner ? { is: 'open', deadlines } : { is: 'replaced' })
}

channel?.addEventListener('message', ({ data }: MessageEvent<Told>) => learnHere(data))

/** Whose page this is, and until when, as the server rendered it or a later answer said. The other tabs hear of it. */
export function learnSession({ personId, idleInMs, endsInMs }: SessionEnds, at = Date.now()): void {
  const now = Date.now()
  const told = { deadlines: { personId, idleAt: now + idleInMs, endsAt: now + endsInMs }, at }
  learnHere(told)
  channel?.postMessage(told)
}

/**
 * Every answer of a route tells how the session stands: by its header, or by 401 that it has ended.
 * @param askedAt when the request left; left out for the one that prolongs it, whose answer is the newest there is.
 */
export function learnFrom(response: Response, askedAt?: number): void {
  const ends = parseSessionEnds(response.headers.get(SESSION_HEADER))
  if (ends) learnSession(ends, askedAt)
  else if (response.status === 401) sessionEnded()
}

/** The console has said so. */
export function sessionEnded(): void {
  if (state?.is !== 'ended') become({ is: 'ended' })
}

export const sessionStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  read: (): SessionState | null => state,
}
