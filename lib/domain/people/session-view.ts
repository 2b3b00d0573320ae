/** A session that is live now, as its owner and administrators see it. */
export interface SessionView {
  id: string
  /** "Firefox on Windows", from what the browser called itself; null when it said nothing. */
  device: string | null
  /** Where it was started from, as the server saw it. */
  address: string | null
  /** ISO 8601 in UTC. */
  startedAt: string
  /** The officer's last own input. */
  lastUseAt: string
  /** When it ends whatever its officer does. */
  endsAt: string
  method: 'password' | 'oidc'
  /** The session that asks. */
  current: boolean
}
