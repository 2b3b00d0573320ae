import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ACTS } from '@/lib/testing/faults/acts'
import type { DatabaseFault } from '@/lib/testing/faults/database-proxy'
import { MOST_CALLS, type Sweep, startSweep, withFaultyDatabase } from '@/lib/testing/faults/sweep'

// Fails the n-th question of an act to the database, for n from 1 until the act never gets there, and lets the
// reconciler run: whatever happened, the logs must agree. It knows how many there are by failing them, not by their words.

const SWEEP_MS = 300_000

let sweep: Sweep
beforeAll(async () => {
  // Each planted fault is logged, and thousands of them say nothing here.
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  sweep = await startSweep()
})
afterAll(() => sweep.close())
beforeEach(() => sweep.begin())
afterEach(async () => {
  expect(await sweep.judge()).toEqual([])
})

describe.each(Object.entries(ACTS))('%s, with its n-th question to the database', (_act, prepare) => {
  it.each(['cut-before', 'cut-after'] satisfies DatabaseFault[])(
    '%s: nothing is lost, done twice or told wrongly',
    async (fault) => {
      const reached = await withFaultyDatabase(sweep.console, async (ctx, proxy) => {
        for (let nth = 1; nth <= MOST_CALLS; nth += 1) {
          const act = await prepare(sweep.ground)
          await ctx.db.$queryRaw`SELECT 1` // a connection is there before counting begins
          proxy.arm(nth, fault)
          await sweep.perform(act, ctx)
          if (!proxy.disarm()) return nth - 1
        }
        return MOST_CALLS
      })
      expect(reached).toBeGreaterThan(3)
      expect(reached).toBeLessThan(MOST_CALLS)
    },
    SWEEP_MS,
  )
})

it(
  'and none of them undid what another had done',
  async () => {
    expect(await sweep.judgeAll()).toEqual([])
  },
  SWEEP_MS,
)
