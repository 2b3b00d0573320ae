import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ACTS, type ReadyAct } from '@/lib/testing/faults/acts'
import { MOST_CALLS, type Sweep, startSweep, withFaultyDatabase } from '@/lib/testing/faults/sweep'

// The n-th question of an act to the database is never answered, for n from 1 until the act never gets there.

const SWEEP_MS = 300_000
/** A silent database is waited for, so many are silent at a time, each before a console of its own. */
const SILENT_AT_ONCE = 10

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

const silent = (nth: number, act: ReadyAct) =>
  withFaultyDatabase(sweep.console, async (ctx, proxy) => {
    await ctx.db.$queryRaw`SELECT 1` // a connection is there before counting begins
    proxy.arm(nth, 'silence')
    await sweep.perform(act, ctx)
    return proxy.disarm()
  })

describe.each(['import', 'enable', 'disable'] as const)('%s, with its n-th question to the database', (act) => {
  it(
    'never answered: nothing is lost, done twice or told wrongly',
    async () => {
      let met = true
      for (let first = 1; met && first <= MOST_CALLS; first += SILENT_AT_ONCE) {
        const ready: ReadyAct[] = []
        for (let index = 0; index < SILENT_AT_ONCE; index += 1) ready.push(await ACTS[act](sweep.ground))
        const each = await Promise.all(ready.map((perform, index) => silent(first + index, perform)))
        met = each.every(Boolean)
      }
      expect(met).toBe(false)
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
