import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ACTS } from '@/lib/testing/faults/acts'
import { cutEachQuestion } from '@/lib/testing/faults/each-question'
import { MOST_CALLS, type Sweep, startSweep } from '@/lib/testing/faults/sweep'

// Fails each question of an act to the database in turn, and lets the reconciler run: whatever happened, the logs must
// agree.

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
  it.each(['cut-before', 'cut-after'] as const)(
    '%s: nothing is lost, done twice or told wrongly',
    async (fault) => {
      const reached = await cutEachQuestion(sweep.console, fault, async () => {
        const act = await prepare(sweep.ground)
        return (ctx) => sweep.perform(act, ctx)
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
