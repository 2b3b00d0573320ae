import { routes } from '@/lib/routes'
import { learnFrom, sessionStore } from './session-store'

/** Often enough for an idle limit of minutes, seldom enough that typing is no load. */
export const EXTEND_EVERY_MS = 30_000

/** What only a hand does. Scripts may send such events too, but theirs are not trusted, and scrolling moves by itself. */
const INPUTS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

let extendedAt = Number.NEGATIVE_INFINITY
let running = false

/** Tells the console that its officer is here. A press that leads to another page is told too: the request outlives this one. */
export async function extendSession(): Promise<void> {
  if (running) return
  running = true
  try {
    const answer = await fetch(routes.apiSession(), { method: 'POST', keepalive: true, cache: 'no-store' })
    if (answer.ok) extendedAt = Date.now()
    learnFrom(answer)
  } catch (cause) {
    // The console or the network is away: the next input tries again.
    if (!(cause instanceof TypeError)) throw cause
  } finally {
    running = false
  }
}

/** Only the officer's own input extends a session: nothing that a page does by itself comes by here. */
export function extendOnInput(): () => void {
  const stop = new AbortController()
  const onInput = (event: Event) => {
    if (!event.isTrusted || sessionStore.read()?.is !== 'open') return
    if (Date.now() - extendedAt >= EXTEND_EVERY_MS) void extendSession()
  }
  for (const type of INPUTS)
    window.addEventListener(type, onInput, { capture: true, passive: true, signal: stop.signal })
  return () => stop.abort()
}

/** Asks how the session stands, and prolongs nothing by it. */
export async function askSession(): Promise<void> {
  const askedAt = Date.now()
  try {
    learnFrom(await fetch(routes.apiSession(), { cache: 'no-store' }), askedAt)
  } catch (cause) {
    // Nobody answered: nothing is known, and the page stays as it is.
    if (!(cause instanceof TypeError)) throw cause
  }
}
