import 'server-only'

/** How long a session lasts, from its row's instants alone. */
export const IDLE_MS = 15 * 60 * 1000
export const ABSOLUTE_MS = 8 * 60 * 60 * 1000
/** The row is touched at most this often, so that a key press is not a write each time. */
export const TOUCH_EVERY_MS = 30_000

export interface SessionInstants {
  lastUseAt: Date
  expiresAt: Date
  endedAt: Date | null
}

export type SessionState = 'live' | 'ended' | 'idle' | 'expired'

export function sessionState(session: SessionInstants, now: Date): SessionState {
  if (session.endedAt) return 'ended'
  if (session.expiresAt <= now) return 'expired'
  return now.getTime() - session.lastUseAt.getTime() >= IDLE_MS ? 'idle' : 'live'
}

/** `sessionState` of "live", as a question to the table. */
export function liveAt(now: Date) {
  return { endedAt: null, expiresAt: { gt: now }, lastUseAt: { gt: new Date(now.getTime() - IDLE_MS) } }
}

export function needsTouch(session: Pick<SessionInstants, 'lastUseAt'>, now: Date): boolean {
  return now.getTime() - session.lastUseAt.getTime() >= TOUCH_EVERY_MS
}
