/** How the open page's session stands, by this browser's clock. Instants are milliseconds since 1970. */
export interface SessionDeadlines {
  personId: string
  /** When it ends without the officer's input. */
  idleAt: number
  /** When it ends whatever they do. */
  endsAt: number
}

/** From here on the officer is told. */
export const IDLE_NOTE_MS = 2 * 60_000
export const END_NOTE_MS = 5 * 60_000

/** `lapsed`: by the clock alone; the console is asked before it is said. */
export type SessionPhase = 'live' | 'idle-soon' | 'ends-soon' | 'lapsed'

export function sessionPhase({ idleAt, endsAt }: SessionDeadlines, now: number): SessionPhase {
  if (now >= idleAt || now >= endsAt) return 'lapsed'
  if (endsAt - now <= END_NOTE_MS) return 'ends-soon'
  return idleAt - now <= IDLE_NOTE_MS ? 'idle-soon' : 'live'
}
