import { describe, expect, it } from 'vitest'
import { ABSOLUTE_MS, IDLE_MS, needsTouch, sessionState, TOUCH_EVERY_MS } from './session-clock'

const start = new Date('2026-11-22T10:00:00Z')
const later = (ms: number) => new Date(start.getTime() + ms)
const session = { lastUseAt: start, expiresAt: later(ABSOLUTE_MS), endedAt: null }

describe('a session', () => {
  it.each([
    ['is live at once', session, start, 'live'],
    ['is live just before it is idle', session, later(IDLE_MS - 1), 'live'],
    ['is idle after 15 minutes without use', session, later(IDLE_MS), 'idle'],
    [
      'expires 8 hours after it began, however used',
      { ...session, lastUseAt: later(ABSOLUTE_MS) },
      later(ABSOLUTE_MS),
      'expired',
    ],
    ['that was ended is ended, whatever its dates', { ...session, endedAt: start }, start, 'ended'],
  ] as const)('%s', (_title, instants, now, state) => {
    expect(sessionState(instants, now)).toBe(state)
  })

  it('is touched at most every 30 s', () => {
    expect(needsTouch(session, later(TOUCH_EVERY_MS - 1))).toBe(false)
    expect(needsTouch(session, later(TOUCH_EVERY_MS))).toBe(true)
  })
})
