import { describe, expect, it } from 'vitest'
import { sessionPhase } from './session-phase'

const minute = 60_000
const session = { personId: 'a', idleAt: 15 * minute, endsAt: 480 * minute }

describe('the open page’s session', () => {
  it.each([
    ['is live', session, 0, 'live'],
    ['is live until two minutes before it idles', session, 13 * minute - 1, 'live'],
    ['is about to idle then', session, 13 * minute, 'idle-soon'],
    ['has lapsed when it idled', session, 15 * minute, 'lapsed'],
    [
      'is about to end, whatever is done, five minutes before',
      { ...session, idleAt: 490 * minute },
      475 * minute,
      'ends-soon',
    ],
    ['has lapsed at its absolute end', { ...session, idleAt: 490 * minute }, 480 * minute, 'lapsed'],
  ] as const)('%s', (_title, deadlines, now, phase) => {
    expect(sessionPhase(deadlines, now)).toBe(phase)
  })
})
