import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { ACTS, type Ground, type ReadyAct } from '@/lib/testing/faults/acts'
import { type DatabaseFault, startDatabaseProxy } from '@/lib/testing/faults/database-proxy'
import { startVaultProxy, VAULT_FAULTS, type VaultFault, type VaultProxy } from '@/lib/testing/faults/vault-proxy'
import { checkOutcomes } from '@/lib/testing/outcomes/check-outcomes'
import type { ToldCall } from '@/lib/testing/outcomes/logs'
import { readLogs } from '@/lib/testing/outcomes/read-logs'
import { makeKek } from '@/lib/testing/transfer'
import type { Context } from './context'
import { createDatabase } from './db/client'
import { reconcileOperation } from './operations/reconcile-operation'
import { createRegistry } from './providers/registry'

// Fails the n-th call of an act, for n from 1 until the act never gets there, and lets the reconciler run: whatever
// happened, the logs must agree. It knows how many calls there are by failing them, not by their words.

/** No act asks this often: beyond it the sweep itself is broken. */
const MOST_CALLS = 400
const LATER_MS = 120_000
const TIMEOUTS = { read: 700, write: 700 }
const SWEEP_MS = 300_000

let sound: TestConsole
let ground: Ground
let told: ToldCall[]
let vaultProxy: VaultProxy
let overBadWire: Context['provider']

beforeAll(async () => {
  // Each planted fault is logged, and thousands of them say nothing here.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  sound = await createTestConsole()
  vaultProxy = await startVaultProxy()
  overBadWire = createRegistry({
    credentials: { localClient: localClientOf(sound), setting: () => undefined },
    observerOf: () => ({ worked: () => undefined, failed: () => undefined }),
    timeouts: TIMEOUTS,
    httpClient: vaultProxy.httpClient,
  })
  const keks = new Map(
    await Promise.all(
      Object.values(sound.connections).map(async (each) => [each.id, await makeKek(sound, each)] as const),
    ),
  )
  ground = { console: sound, keks }
})
afterAll(async () => {
  await vaultProxy.close()
  await sound.close()
})
beforeEach(() => {
  told = []
})

function localClientOf({ vault }: TestConsole) {
  const { url: tokenUrl, clientId, clientSecret } = vault.description.token
  return { tokenUrl, clientId, clientSecret }
}

/** Once everything works again: the reconciler has its say about each intent that was left open. */
async function reconcileAll(): Promise<void> {
  const later = { ...sound.ctx, clock: () => new Date(Date.now() + LATER_MS) }
  const open = { status: { in: ['pending' as const, 'indeterminate' as const] } }
  for (const { id } of await sound.ctx.db.operation.findMany({ where: open })) await reconcileOperation(later, id)
}

afterEach(async () => {
  await reconcileAll()
  const logs = await readLogs({
    databaseUrl: sound.database.url,
    vaults: sound.vault.description.vaults,
    token: sound.vault.description.token,
    acknowledgedFile: sound.acknowledgedFile,
    inScope: (name) => !name.startsWith('kek-'),
  })
  const violations = checkOutcomes({ ...logs, told })
  expect(violations).toEqual([])
})

async function withFaultyDatabase<T>(
  use: (ctx: Context, proxy: Awaited<ReturnType<typeof startDatabaseProxy>>) => Promise<T>,
) {
  const proxy = await startDatabaseProxy(sound.database.url)
  const db = createDatabase(proxy.url)
  try {
    return await use({ ...sound.ctx, db }, proxy)
  } finally {
    await db.$disconnect()
    await proxy.close()
  }
}

describe.each(Object.entries(ACTS))('%s, with its n-th question to the database', (_act, prepare) => {
  it.each(['cut-before', 'cut-after'] satisfies DatabaseFault[])(
    '%s: nothing is lost, done twice or told wrongly',
    async (fault) => {
      const reached = await withFaultyDatabase(async (ctx, proxy) => {
        for (let nth = 1; nth <= MOST_CALLS; nth += 1) {
          const perform = await prepare(ground)
          await ctx.db.$queryRaw`SELECT 1` // a connection is there before counting begins
          proxy.arm(nth, fault)
          const answer = await perform(ctx)
          if (answer) told.push(answer)
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

/** A silent database is waited for, so many are silent at a time, each before a console of its own. */
const SILENT_AT_ONCE = 10

describe.each(['import', 'enable', 'disable'] as const)('%s, with its n-th question to the database', (act) => {
  it(
    'never answered: nothing is lost, done twice or told wrongly',
    async () => {
      const silent = (nth: number, perform: ReadyAct) =>
        withFaultyDatabase(async (ctx, proxy) => {
          await ctx.db.$queryRaw`SELECT 1` // a connection is there before counting begins
          proxy.arm(nth, 'silence')
          const answer = await perform(ctx)
          if (answer) told.push(answer)
          return proxy.disarm()
        })
      let met = true
      for (let first = 1; met && first <= MOST_CALLS; first += SILENT_AT_ONCE) {
        const ready: ReadyAct[] = []
        for (let index = 0; index < SILENT_AT_ONCE; index += 1) ready.push(await ACTS[act](ground))
        const each = await Promise.all(ready.map((perform, index) => silent(first + index, perform)))
        met = each.every(Boolean)
      }
      expect(met).toBe(false)
      expect(told.some(({ answer }) => answer?.ok === false && answer.code === 'audit-unavailable')).toBe(true)
    },
    SWEEP_MS,
  )
})

/** The reads are repeated by the client, so that a call which fails fails as often as it is made. */
describe.each(Object.entries(ACTS))('%s, with its n-th call to the vault', (_act, prepare) => {
  it.each(VAULT_FAULTS)(
    '%s: nothing is lost, done twice or told wrongly',
    async (fault: VaultFault) => {
      const faulty = { ...sound.ctx, provider: overBadWire }
      for (const each of Object.values(sound.connections)) await faulty.provider(each).checkHealth() // its challenge
      let nth = 1
      for (; nth <= MOST_CALLS; nth += 1) {
        const perform = await prepare(ground)
        vaultProxy.arm(nth, fault)
        const answer = await perform(faulty)
        if (answer) told.push(answer)
        if (!vaultProxy.disarm()) break
      }
      expect(nth).toBeGreaterThan(1)
      expect(nth).toBeLessThan(MOST_CALLS)
    },
    SWEEP_MS,
  )
})
