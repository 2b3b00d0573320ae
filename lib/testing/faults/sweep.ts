import type { Context } from '@/lib/server/context'
import { createDatabase } from '@/lib/server/db/client'
import { reconcileOperation } from '@/lib/server/operations/reconcile-operation'
import { createRegistry } from '@/lib/server/providers/registry'
import { createTestConsole, type TestConsole, type TestConsoleOptions } from '../console'
import { checkOutcomes } from '../outcomes/check-outcomes'
import type { ToldCall, Violation } from '../outcomes/logs'
import { readLogs } from '../outcomes/read-logs'
import { makeKek } from '../transfer'
import { type Ground, namesFromNow, type ReadyAct } from './acts'
import { type DatabaseProxy, startDatabaseProxy } from './database-proxy'
import { startVaultProxy, type VaultProxy } from './vault-proxy'

/** No act asks this often: beyond it the sweep itself is broken. */
export const MOST_CALLS = 400
const LATER_MS = 120_000
const TIMEOUTS = { read: 700, write: 700 }

/** A sound console, whose acts are performed over bad wires, and whose logs are held against each other afterwards. */
export interface Sweep {
  console: TestConsole
  ground: Ground
  /** What clients were told since `begin`. */
  told: () => readonly ToldCall[]
  perform: (act: ReadyAct, ctx: Context) => Promise<void>
  /** Another sweep begins: `judge` is about its keys. */
  begin: () => void
  /** Everything works again: the reconciler has its say about each open intent, then the logs are compared. */
  judge: () => Promise<Violation[]>
  /** The same about every key of every sweep. */
  judgeAll: () => Promise<Violation[]>
  close: () => Promise<void>
}

export async function startSweep(options: TestConsoleOptions = {}): Promise<Sweep> {
  const sound = await createTestConsole(options)
  const keks = new Map(
    await Promise.all(
      Object.values(sound.connections).map(async (each) => [each.id, await makeKek(sound, each)] as const),
    ),
  )
  const all: ToldCall[] = []
  const isOfAny = namesFromNow()
  let told: ToldCall[] = []
  let isOwn = isOfAny
  const compare = async (calls: readonly ToldCall[], inScope: (name: string) => boolean) => {
    await reconcileAll(sound)
    const { vaults, token } = sound.vault.description
    const { acknowledgedFile, database } = sound
    const logs = await readLogs({ databaseUrl: database.url, vaults, token, acknowledgedFile, inScope })
    return checkOutcomes({ ...logs, told: calls })
  }
  return {
    console: sound,
    ground: { console: sound, keks },
    told: () => told,
    perform: async (act, ctx) => {
      const answer = await act(ctx)
      if (!answer) return
      told.push(answer)
      all.push(answer)
    },
    begin: () => {
      told = []
      isOwn = namesFromNow()
    },
    judge: () => compare(told, isOwn),
    judgeAll: () => compare(all, isOfAny),
    close: () => sound.close(),
  }
}

async function reconcileAll({ ctx }: TestConsole): Promise<void> {
  const later = { ...ctx, clock: () => new Date(Date.now() + LATER_MS) }
  const open = { status: { in: ['pending' as const, 'indeterminate' as const] } }
  for (const { id } of await ctx.db.operation.findMany({ where: open })) await reconcileOperation(later, id)
}

/** The console by way of a database proxy of its own. */
export async function withFaultyDatabase<T>(
  { database, ctx }: TestConsole,
  use: (ctx: Context, proxy: DatabaseProxy) => Promise<T>,
): Promise<T> {
  const proxy = await startDatabaseProxy(database.url)
  const db = createDatabase(proxy.url)
  try {
    return await use({ ...ctx, db }, proxy)
  } finally {
    await db.$disconnect()
    await proxy.close()
  }
}

/** The console by way of a vault proxy of its own, which it has been through once. */
export interface FaultyVault {
  ctx: Context
  proxy: VaultProxy
}

export async function startFaultyVault({ ctx, vault, connections }: TestConsole): Promise<FaultyVault> {
  const proxy = await startVaultProxy()
  const { url: tokenUrl, clientId, clientSecret } = vault.description.token
  const provider = createRegistry({
    credentials: { localClient: { tokenUrl, clientId, clientSecret }, setting: () => undefined },
    observerOf: () => ({ worked: () => undefined, failed: () => undefined }),
    timeouts: TIMEOUTS,
    httpClient: proxy.httpClient,
  })
  for (const each of Object.values(connections)) await provider(each).checkHealth() // its challenge
  return { ctx: { ...ctx, provider }, proxy }
}
