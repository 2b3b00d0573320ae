import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ACTS } from '@/lib/testing/faults/acts'
import { silenceEachQuestion } from '@/lib/testing/faults/each-question'
import { MOST_CALLS, type Sweep, startSweep } from '@/lib/testing/faults/sweep'

// The n-th question of an act to the database is never answered, for n from 1 until the act never gets there.

const SWEEP_MS = 300_000

let sweep: Sweep
beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  sweep = await startSweep()
})
afterAll(() => sweep.close())
beforeEach(() => sweep.begin())
afterEach(async () => {
  expect(await sweep.judge()).toEqual([])
})

describe.each(['import', 'enable', 'disable'] as const)('%s, with its n-th question to the database', (act) => {
  it(
    'never answered: nothing is lost, done twice or told wrongly',
    async () => {
      const reached = await silenceEachQuestion(sweep.console, async () => {
        const perform = await ACTS[act](sweep.ground)
        return (ctx) => sweep.perform(perform, ctx)
      })
      expect(reached).toBeLessThan(MOST_CALLS)
      const saysSo = sweep.told().some(({ answer }) => answer?.ok === false && answer.code === 'audit-unavailable')
      expect(saysSo).toBe(true)
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
