import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type OwnCluster, startOwnCluster } from '@/lib/testing/database/own-cluster'
import { ACTS, type ReadyAct } from '@/lib/testing/faults/acts'
import { type Sweep, startSweep } from '@/lib/testing/faults/sweep'
import { wholeInventory } from '@/lib/testing/whole-inventory'
import { listKeys } from './inventory/list-keys'
import { getStatus } from './status/get-status'

// The database itself in trouble: what is told stays true, nothing is shown as empty, and work resumes by itself in the
// same process, on the same pool.

const PATIENCE_MS = 180_000
const isRoot = process.getuid?.() === 0
if (!isRoot && process.env.CI) throw new Error('A full disk can only be tried by root.')
if (!isRoot) console.warn('SKIPPED: a full disk: only root can mount a small one')

beforeAll(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
})

let cluster: OwnCluster
let sweep: Sweep
async function start(megabytes?: number) {
  cluster = await startOwnCluster(megabytes)
  sweep = await startSweep({ database: cluster.database, timeouts: { write: 4_000 } })
  sweep.begin()
}
afterEach(() => sweep.close())

async function asSuperuser(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.superuserUrl })
  client.on('error', () => undefined)
  await client.connect()
  await client.query(sql)
  await client.end()
}

/** What the last act was told: `ok`, or a code. */
function lastTold(): string | undefined {
  const answer = sweep.told().at(-1)?.answer
  return answer?.ok ? 'ok' : answer?.code
}

async function perform(act: ReadyAct): Promise<string | undefined> {
  await sweep.perform(act, sweep.console.ctx)
  return lastTold()
}

/** One more import, and what its officer was told. */
const importOne = async () => perform(await ACTS.import(sweep.ground))

const TERMINATE = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'drawbridge_app'`

describe('a database that', () => {
  it(
    'is read-only takes no record, so nothing reaches the vault; it reads on, and works when it may write again',
    async () => {
      await start()
      const acts = await Promise.all(Object.values(ACTS).map((prepare) => prepare(sweep.ground)))
      const before = sweep.console.acknowledged().length
      await asSuperuser('ALTER DATABASE drawbridge SET default_transaction_read_only = on')
      await asSuperuser(TERMINATE)
      for (const act of acts.slice(0, 4)) expect(await perform(act)).toBe('audit-unavailable')
      expect(sweep.console.acknowledged()).toHaveLength(before)
      await vi.waitFor(() => read(), { timeout: 10_000 })
      await asSuperuser('ALTER DATABASE drawbridge RESET default_transaction_read_only')
      await asSuperuser(TERMINATE)
      await expect.poll(importOne, { timeout: 30_000 }).toBe('ok')
      expect(await sweep.judge()).toEqual([])
    },
    PATIENCE_MS,
  )

  it.skipIf(!isRoot)(
    'is full refuses by saying so, and takes the next act once there is room',
    async () => {
      await start(128)
      expect(await importOne()).toBe('ok')
      const ballast = path.join(cluster.disk, 'ballast')
      fill(ballast)
      // Pages that have room yet are filled first.
      for (let tries = 0; tries < 200 && lastTold() !== 'audit-unavailable'; tries += 1) await importOne()
      expect(lastTold()).toBe('audit-unavailable')
      await read()
      rmSync(ballast)
      await expect.poll(importOne, { timeout: 30_000 }).toBe('ok')
      expect(await sweep.judge()).toEqual([])
    },
    PATIENCE_MS,
  )

  it(
    'crashes and comes back under load loses nothing that was told, and shows no empty screen meanwhile',
    async () => {
      await start()
      expect(await importOne()).toBe('ok')
      const load = startLoad()
      await expect.poll(load.imported, { timeout: 60_000 }).toBeGreaterThan(4)
      await cluster.crash()
      await expect.poll(load.failed, { timeout: 30_000 }).toBeGreaterThan(4)
      await expect(read()).rejects.toThrow()
      await cluster.startAgain()
      const restarted = load.imported()
      await expect.poll(load.imported, { timeout: 60_000 }).toBeGreaterThan(restarted + 4)
      await load.stop()
      expect(await sweep.judge()).toEqual([])
    },
    PATIENCE_MS,
  )
})

/** What the inventory and every page's frame show; there is always a KEK, so nothing at all is a lie. */
async function read(): Promise<void> {
  const { ctx, actors } = sweep.console
  const [page, status] = await Promise.all([
    listKeys(ctx, actors.auditor, wholeInventory),
    getStatus(ctx, actors.auditor),
  ])
  expect(page.rows.length).toBeGreaterThan(0)
  expect(status.vaults).toHaveLength(2)
}

/** Three who import and two who read, until they are stopped. */
function startLoad() {
  let going = true
  let [imported, failed] = [0, 0]
  const lies: unknown[] = []
  const repeat = async (once: () => Promise<boolean>) => {
    while (going) {
      if (await once()) imported += 1
      else {
        failed += 1
        await new Promise((resolve) => setTimeout(resolve, 20)) // as somebody who presses again
      }
    }
  }
  const importing = () =>
    importOne().then(
      () => lastTold() === 'ok',
      () => false,
    )
  const reading = async () => {
    await read().catch((error: unknown) => {
      if (error instanceof Error && error.name === 'AssertionError') lies.push(error)
    })
    return false
  }
  const all = Promise.all([...[1, 2, 3].map(() => repeat(importing)), ...[1, 2].map(() => repeat(reading))])
  return {
    imported: () => imported,
    failed: () => failed,
    stop: async () => {
      going = false
      await all
      expect(lies).toEqual([])
    },
  }
}

/** To the last page. */
function fill(file: string): void {
  const descriptor = openSync(file, 'w')
  for (const size of [1 << 20, 1 << 12]) {
    const block = Buffer.alloc(size)
    try {
      for (;;) writeSync(descriptor, block)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    }
  }
  closeSync(descriptor)
}
