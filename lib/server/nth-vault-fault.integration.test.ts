import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ACTS, type ReadyAct } from '@/lib/testing/faults/acts'
import { type FaultyVault, MOST_CALLS, type Sweep, startFaultyVault, startSweep } from '@/lib/testing/faults/sweep'
import { VAULT_FAULTS, type VaultFault } from '@/lib/testing/faults/vault-proxy'

// Fails the n-th call of an act to the vault, for n from 1 until the act never gets there. The reads are repeated by the
// client, so that a call which fails fails as often as it is made.

const SWEEP_MS = 300_000
/** A failing vault is waited for, so several fail at a time, each before a console of its own. */
const FAILING_AT_ONCE = 6

let sweep: Sweep
let wires: readonly FaultyVault[]
beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  sweep = await startSweep()
  wires = await Promise.all(Array.from({ length: FAILING_AT_ONCE }, () => startFaultyVault(sweep.console)))
})
afterAll(async () => {
  await Promise.all(wires.map(({ proxy }) => proxy.close()))
  await sweep.close()
})
beforeEach(() => sweep.begin())
afterEach(async () => {
  expect(await sweep.judge()).toEqual([])
})

async function failing(nth: number, act: ReadyAct, { ctx, proxy }: FaultyVault, fault: VaultFault): Promise<boolean> {
  proxy.arm(nth, fault)
  await sweep.perform(act, ctx)
  return proxy.disarm()
}

/** How many calls the act makes: each of them has been failed. */
async function failEach(prepare: (typeof ACTS)[keyof typeof ACTS], fault: VaultFault): Promise<number> {
  for (let first = 1; first <= MOST_CALLS; ) {
    const ready: ReadyAct[] = []
    for (const _wire of wires) ready.push(await prepare(sweep.ground))
    const met = await Promise.all(
      wires.map((wire, index) => failing(first + index, ready[index] ?? absent(), wire, fault)),
    )
    const unmet = met.indexOf(false)
    if (unmet === -1) first += FAILING_AT_ONCE
    else {
      // Beside others an act may have been refused before it got there: alone it gets there, or there is no such call.
      const [wire = absent()] = wires
      if (!(await failing(first + unmet, await prepare(sweep.ground), wire, fault))) return first + unmet - 1
      first += unmet + 1
    }
  }
  return MOST_CALLS
}

function absent(): never {
  throw new Error('one act for each wire')
}

describe.each(Object.entries(ACTS))('%s, with its n-th call to the vault', (_act, prepare) => {
  it.each(VAULT_FAULTS)(
    '%s: nothing is lost, done twice or told wrongly',
    async (fault: VaultFault) => {
      const reached = await failEach(prepare, fault)
      expect(reached).toBeGreaterThan(0)
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
