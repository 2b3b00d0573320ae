import { parseSessionEnds, SESSION_HEADER, type SessionEnds } from '@/lib/domain/people/session-ends'
import type { SessionDeadlines } from './session-phase'

/** `replaced`: somebody else has signed in in this browser, so this page is not theirs. */
export type SessionState = { is: 'open'; deadlines: SessionDeadlines } | { is: 'ended' } | { is: 'replaced' }

let owner: string | undefined
let state: SessionState | null = null
const listeners = new Set<() => void>()
/** Tabs of one browser share one session: what one learns, all know. */
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('drawbridge-session')

function become(next: SessionState) {
  state = next
  for (const tell of listeners) tell()
}

function learnHere(deadlines: SessionDeadlines) {
  owner ??= deadlines.personId
  become(deadlines.personId === owner ? { is: 'open', deadlines } : { is: 'replaced' })
}

channel?.addEventListener('message', ({ data }: MessageEvent<SessionDeadlines>) => learnHere(data))

/** Whose page this is, and until when, as the server rendered it or a later answer said. The other tabs hear of it. */
export function learnSession({ personId, idleInMs, endsInMs }: SessionEnds): void {
  const now = Date.now()
  const deadlines = { personId, idleAt: now + idleInMs, endsAt: now + endsInMs }
  learnHere(deadlines)
  channel?.postMessage(deadlines)
}

/** Every answer of a route tells how the session stands: by its header, or by 401 that it has ended. */
export function learnFrom(response: Response): void {
  const ends = parseSessionEnds(response.headers.get(SESSION_HEADER))
  if (ends) learnSession(ends)
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
