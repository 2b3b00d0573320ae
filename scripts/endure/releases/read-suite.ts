import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { HistoryQuery } from '@/lib/domain/releases/history/views'
import type { Actor, Context } from '@/lib/server/context'
import { folderSource } from '@/lib/server/releases/folder-source'
import { getLogReading } from '@/lib/server/releases/get-log-reading'
import { listCallers } from '@/lib/server/releases/list-callers'
import { listReleases } from '@/lib/server/releases/list-releases'
import { readLogs } from '@/lib/server/releases/read-logs'
import { releasesOverTime } from '@/lib/server/releases/releases-over-time'
import { changesPastDrawbridge, releasesThatShouldNotBe } from '@/lib/server/releases/standing-assertions'
import { quantile } from '../../bench/support/figures.mjs'
import { type Ground, startGround } from './ground'

// A program of `npm run endure`: read-suite <folder of logs> <records> <times that each page is asked for>. Prints its figures as one line of JSON.

const [folder = '', records = '0', repeats = '1'] = process.argv.slice(2)
const HOUR_MS = 3_600_000
const auditor: Actor = {
  ...{ personId: '00000000-0000-4000-8000-000000000000', issuer: 'local', subject: 'auditor', name: 'Auditor' },
  ...{ email: 'auditor@example.test', roles: ['auditor'], sessionId: '00000000-0000-4000-8000-000000000001' },
}

type Needs = Pick<Context, 'db' | 'clock' | 'newId' | 'channels'>

async function readAll(ctx: Needs) {
  const before = process.memoryUsage().rss
  let highest = before
  const watching = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().rss)
  }, 50)
  const startedAt = performance.now()
  await readLogs(ctx, [folderSource(folder)], HOUR_MS)
  clearInterval(watching)
  const seconds = (performance.now() - startedAt) / 1000
  return { perSecond: Number(records) / seconds, grownMb: (highest - before) / 2 ** 20 }
}

/** As in a console that runs: connected, its code compiled once. */
async function warmUp(ctx: Needs): Promise<void> {
  const empty = mkdtempSync(path.join(tmpdir(), 'endure-empty-'))
  await readLogs(ctx, [folderSource(empty)])
  rmSync(empty, { recursive: true })
}

/** By reading the files, without anything of the history's. */
async function releasesInLogs(): Promise<number> {
  let count = 0
  for await (const { path: name } of folderSource(folder).list()) {
    for await (const line of createInterface({ input: createReadStream(path.join(folder, name)) }))
      if (line.includes('"operationName":"KeyRelease"')) count += 1
  }
  return count
}

interface PageTime {
  page: number
  picture: number
}

const query = (more: Partial<HistoryQuery> = {}): HistoryQuery => ({
  ...{ text: '', from: null, to: null, decisions: [], first: [], cursor: null, pageSize: 50 },
  ...more,
})

/** The 95th percentiles in milliseconds of what a page of the history asks, and of its picture, for which it does not wait. */
async function pageTime(ctx: Context, more: Partial<HistoryQuery>, tell: (text: string) => void): Promise<PageTime> {
  const [times, pictures]: [number[], number[]] = [[], []]
  let total = 0
  for (let at = 0; at < Number(repeats); at += 1) {
    const startedAt = performance.now()
    const [page] = await Promise.all([
      listReleases(ctx, auditor, query(more)),
      getLogReading(ctx, auditor),
      changesPastDrawbridge(ctx, auditor),
      releasesThatShouldNotBe(ctx, auditor),
      listCallers(ctx, auditor),
    ])
    const shownAt = performance.now()
    await releasesOverTime(ctx, auditor, query(more))
    times.push(shownAt - startedAt)
    pictures.push(performance.now() - shownAt)
    total = page.total
  }
  const all = (each: number[]) => each.map((time) => time.toFixed(0)).join(' ')
  tell(`${JSON.stringify(more)}: ${total} found, ${all(times)}; its picture ${all(pictures)}`)
  return { page: quantile(times, 0.95), picture: quantile(pictures, 0.95) }
}

const SEARCHES: Record<string, Partial<HistoryQuery>> = {
  'a key': { text: 'key:key-77' },
  'a word that nothing has': { text: 'nothinglikeit' },
  'a word that much has': { text: '10.0.1' },
  'what a word leaves': { text: 'policy -key:key-7' },
  'a vault by its connection': { text: 'vault:"busy vault"' },
  'twenty words': { text: Array.from({ length: 20 }, (_, at) => `-zz${at}`).join(' ') },
  refusals: { decisions: ['denied'] },
  'a month': { from: '2026-03-01T00:00:00.000Z', to: '2026-03-31T23:59:59.999Z' },
  'a month of a word': { text: 'key:key-77', from: '2026-03-01T00:00:00.000Z', to: '2026-03-31T23:59:59.999Z' },
  'new people': { first: ['person'] },
}

async function measure({ db }: Ground) {
  const ctx = { db, clock: () => new Date('2026-11-22T00:00:00Z'), newId: () => crypto.randomUUID(), channels: [] }
  const notes: string[] = []
  const tell = (text: string) => void notes.push(text)
  await warmUp(ctx)
  const read = await readAll(ctx)
  const inLogs = await releasesInLogs()
  const full: Context = {
    ...ctx,
    provider: () => {
      throw new Error('no vault is asked')
    },
    jobs: { send: () => Promise.reject(new Error('no job is sent')) },
  }
  const inHistory = (await listReleases(full, auditor, query())).total
  await db.logFile.updateMany({ data: { readTo: 0, lookedTo: -1 } })
  const again = await readAll(ctx)
  const [rows] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM log_record WHERE act = 'release'`
  await db.$executeRaw`ANALYZE`
  const middle = await db.logRecord.findMany({
    where: { act: 'release' },
    orderBy: [{ at: 'asc' }, { digest: 'asc' }],
    skip: Math.floor(inLogs / 2),
    take: 1,
  })
  const cursor = { towards: 'older', digest: middle[0]?.digest ?? '' } as const
  const pages = { newest: await pageTime(full, {}, tell), middle: await pageTime(full, { cursor }, tell) }
  const searches: Record<string, PageTime> = {}
  for (const [name, more] of Object.entries(SEARCHES)) searches[name] = await pageTime(full, more, tell)
  const id = middle[0]?.correlationId ?? ''
  searches['a correlation id'] = await pageTime(full, { text: id }, tell)
  return { read, again, inLogs, inHistory, inHistoryAgain: rows?.count, pages, searches, notes }
}

const ground = await startGround()
try {
  console.log(JSON.stringify(await measure(ground)))
} finally {
  await ground.stop()
}
