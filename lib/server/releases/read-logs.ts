import 'server-only'
import type { Context } from '../context'
import { logFailure } from '../doors/log-failure'
import type { LogFileSeen, LogQuery, LogSource } from './log-source'
import { type LogShape, readPieces } from './read-pieces'
import { readSpans } from './read-spans'
import { openBatch } from './save-batch'
import type { FileMark, FilePiece } from './save-pieces'
import { settleChanges } from './settle-changes'
import { tellBarredReleases } from './tell-barred-releases'
import { tellReleases } from './tell-releases'
import { type FindVault, vaultFinder } from './vault-of-record'

type Needs = Pick<Context, 'db' | 'clock' | 'newId' | 'channels'>

/** How long one round reads, in milliseconds; the next one goes on where it stopped. */
const ROUND_MS = 60_000
/** Files whose marks are asked for at once. */
const TOGETHER = 500
/** Records that wait to be saved together: most files are small, and each save is a transaction. */
const ENOUGH = 1_000

/** Reads what is new in every source. One that can't be read stops no other, and is told as such. */
export async function readLogs(
  ctx: Needs,
  sources: readonly (LogSource | LogQuery)[],
  roundMs = ROUND_MS,
): Promise<void> {
  const findVault = await vaultFinder(ctx)
  const until = performance.now() + roundMs
  for (const source of sources) {
    const place = { place: source.place }
    try {
      const finished =
        'ask' in source
          ? await readSpans(ctx, source, findVault, until)
          : await readSource(ctx, source, findVault, until)
      const seen = { problemAt: null, ...(finished ? { readAt: ctx.clock() } : {}) }
      await ctx.db.logSource.upsert({ where: place, create: { ...place, ...seen }, update: seen })
    } catch (error) {
      logFailure(error, { where: 'reading logs', requestId: 'none' })
      const seen = { problemAt: ctx.clock() }
      await ctx.db.logSource.upsert({ where: place, create: { ...place, ...seen }, update: seen })
    }
  }
  await settleChanges(ctx)
  await tellBarredReleases(ctx)
  await tellReleases(ctx)
}

/** Whether all of it was read: its time may be over before. */
async function readSource(ctx: Needs, source: LogSource, findVault: FindVault, until: number): Promise<boolean> {
  const failures: unknown[] = []
  for await (const files of inGroups(source.list(), TOGETHER)) {
    failures.push(...(await readFiles(ctx, source, files, { findVault, until })))
    if (performance.now() > until) break
  }
  if (failures.length > 0) throw failures[0]
  return performance.now() <= until
}

/** What went wrong: one file that can't be read stops no other. */
async function readFiles(
  ctx: Needs,
  source: LogSource,
  files: readonly LogFileSeen[],
  { findVault, until }: { findVault: FindVault; until: number },
): Promise<unknown[]> {
  const marks = await marksOf(ctx, source.place, files)
  const failures: unknown[] = []
  const batch = openBatch(ctx, findVault, ENOUGH)
  for (const file of files) {
    const mark = marks.get(file.path) ?? newMark(source.place, file)
    // What of it is not read then waits for more.
    if (mark.lookedTo === file.size) continue
    try {
      for await (const piece of piecesOf(source, file, mark, until)) if (!(await batch.add(piece))) break
    } catch (error) {
      failures.push(error) // what was read of it before is good
    }
    if (performance.now() > until) break
  }
  await batch.save()
  return [...failures, ...batch.failures()]
}

/** What is new in a file, each piece with where the file stands then; the last one says that it was looked through. */
async function* piecesOf(
  source: LogSource,
  file: LogFileSeen,
  known: FileMark,
  until: number,
): AsyncIterable<FilePiece> {
  let mark = { ...known, size: file.size }
  for await (const { reading, readTo, shape } of readPieces(source, file, known)) {
    mark = { ...mark, readTo, shape }
    yield { mark, reading }
    if (performance.now() > until) return
  }
  yield { mark: { ...mark, lookedTo: file.size }, reading: { records: [], aside: [] } }
}

/** What came before a failure is a group, too; the failure comes behind it. */
async function* inGroups<T>(each: AsyncIterable<T>, size: number): AsyncIterable<T[]> {
  const failures: unknown[] = []
  let group: T[] = []
  try {
    for await (const one of each) {
      group.push(one)
      if (group.length < size) continue
      yield group
      group = []
    }
  } catch (error) {
    failures.push(error)
  }
  if (group.length > 0) yield group
  if (failures.length > 0) throw failures[0]
}

async function marksOf(ctx: Needs, place: string, files: readonly LogFileSeen[]): Promise<Map<string, FileMark>> {
  const paths = files.map(({ path }) => path)
  const rows = await ctx.db.logFile.findMany({ where: { place, path: { in: paths } } })
  const marks = rows.map(({ path, shape, readTo, size, lookedTo }) => ({
    ...{ place, path, shape: shapeIn(shape) },
    ...{ readTo: Number(readTo), size: Number(size), lookedTo: Number(lookedTo) },
  }))
  return new Map(marks.map((mark) => [mark.path, mark]))
}

function newMark(place: string, { path }: LogFileSeen): FileMark {
  return { place, path, shape: null, readTo: 0, size: 0, lookedTo: -1 }
}

function shapeIn(stored: string | null): LogShape | null {
  return stored === 'lines' || stored === 'document' ? stored : null
}
