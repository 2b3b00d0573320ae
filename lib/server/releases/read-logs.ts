import 'server-only'
import { readLogPath } from '@/lib/domain/releases/history/log-path'
import type { Context } from '../context'
import { logFailure } from '../doors/log-failure'
import type { LogFileSeen, LogSource } from './log-source'
import { readPieces } from './read-pieces'
import { savePiece } from './save-piece'
import { type FindVault, vaultFinder } from './vault-of-record'

type Needs = Pick<Context, 'db' | 'clock' | 'newId'>

/** How long one round reads, in milliseconds; the next one goes on where it stopped. */
const ROUND_MS = 60_000

/** Reads what is new in every source. One that can't be read stops no other, and is told as such. */
export async function readLogs(ctx: Needs, sources: readonly LogSource[], roundMs = ROUND_MS): Promise<void> {
  const findVault = await vaultFinder(ctx)
  const until = performance.now() + roundMs
  for (const source of sources) {
    const place = { place: source.place }
    try {
      const finished = await readSource(ctx, source, findVault, until)
      const seen = { problemAt: null, ...(finished ? { readAt: ctx.clock() } : {}) }
      await ctx.db.logSource.upsert({ where: place, create: { ...place, ...seen }, update: seen })
    } catch (error) {
      logFailure(error, { where: 'reading logs', requestId: 'none' })
      const seen = { problemAt: ctx.clock() }
      await ctx.db.logSource.upsert({ where: place, create: { ...place, ...seen }, update: seen })
    }
  }
}

/** Whether all of it was read: its time may be over before. */
async function readSource(ctx: Needs, source: LogSource, findVault: FindVault, until: number): Promise<boolean> {
  const failures: unknown[] = []
  for await (const file of source.list()) {
    if (performance.now() > until) break
    try {
      await readLogFile(ctx, source, file, findVault, until)
    } catch (error) {
      failures.push(error) // one file that can't be read stops no other
    }
  }
  if (failures.length > 0) throw failures[0]
  return performance.now() <= until
}

async function readLogFile(
  ctx: Needs,
  source: LogSource,
  file: LogFileSeen,
  findVault: FindVault,
  until: number,
): Promise<void> {
  const key = { place: source.place, path: file.path }
  const known = await ctx.db.logFile.findUnique({ where: { place_path: key } })
  if (known && Number(known.size) === file.size && Number(known.readTo) >= file.size) return
  const mark = known ?? (await newMark(ctx, key))
  for await (const piece of readPieces(source, file, { readTo: Number(mark.readTo), shape: shapeIn(mark.shape) })) {
    await savePiece(ctx, mark, piece, findVault)
    if (performance.now() > until) break
  }
  await ctx.db.logFile.update({ where: { id: mark.id }, data: { size: file.size } })
}

async function newMark(ctx: Needs, key: { place: string; path: string }) {
  const told = readLogPath(key.path)
  return ctx.db.logFile.upsert({
    where: { place_path: key },
    create: {
      ...key,
      ...{ id: ctx.newId(), vault: told?.vault ?? null, hour: told ? new Date(told.hour) : null },
      ...{ readTo: 0, size: 0, readAt: ctx.clock() },
    },
    update: {},
  })
}

function shapeIn(stored: string | null): 'lines' | 'document' | null {
  return stored === 'lines' || stored === 'document' ? stored : null
}
