import 'server-only'
import { createHash } from 'node:crypto'
import type { Context } from '../context'

/** `burst` at once, and one more every `perMs` milliseconds after that. */
export interface Allowance {
  burst: number
  perMs: number
}

export type Taken = { ok: true } | { ok: false; retryAfterMs: number }

type Needs = Pick<Context, 'db'>

interface TakenRow {
  taken: boolean
  waitMs: number
}

/**
 * Takes one of an allowance that all consoles share, by the generic cell rate algorithm: a row holds the instant at which
 * the bucket would be full again. One statement, so that of any number of calls at once exactly `burst` are let in.
 *
 * The instant is the database's: consoles whose clocks disagree share one. A row further ahead than any allowance could
 * have put it was written before that clock was set back, and counts as none.
 *
 * @param bucket Of our own words and ids only; what somebody typed goes through `digestForBucket`.
 * @throws what the database throws: a door that can't count lets nobody in
 */
export async function takeAllowance({ db }: Needs, bucket: string, { burst, perMs }: Allowance): Promise<Taken> {
  await sweepNowAndThen(db)
  const full = burst * perMs
  // What is lost when the database falls is an allowance of the last moment: no reason to wait for its disk.
  const [row] = await db.$queryRaw<TakenRow[]>`
    WITH call AS (
      SELECT statement_timestamp() AS at, set_config('synchronous_commit', 'off', true) AS unhurried
    ), taken AS (
      INSERT INTO rate_limit AS kept (bucket, full_until)
      SELECT ${bucket}, at + ${perMs}::float8 * interval '1 millisecond' FROM call WHERE unhurried = 'off'
      ON CONFLICT (bucket) DO UPDATE SET full_until = CASE
          WHEN kept.full_until > statement_timestamp() + (${full}::float8 + ${CLOCK_SET_BACK_MS}) * interval '1 millisecond'
          THEN EXCLUDED.full_until
          ELSE greatest(kept.full_until, statement_timestamp()) + ${perMs}::float8 * interval '1 millisecond'
        END
        WHERE kept.full_until <= statement_timestamp() + (${full}::float8 - ${perMs}) * interval '1 millisecond'
           OR kept.full_until > statement_timestamp() + (${full}::float8 + ${CLOCK_SET_BACK_MS}) * interval '1 millisecond'
      RETURNING 1
    )
    SELECT EXISTS (SELECT FROM taken) AS taken,
           coalesce((SELECT extract(epoch FROM full_until - statement_timestamp()) * 1000 - ${full - perMs}
                     FROM rate_limit WHERE bucket = ${bucket}), 0)::float8 AS "waitMs"`
  if (row?.taken) return { ok: true }
  // The wait is read beside the write, perhaps a moment before another call's: never longer than one step for nothing.
  return { ok: false, retryAfterMs: Math.ceil(row && row.waitMs > 0 ? row.waitMs : perMs) }
}

/** Longer than any statement waits for a lock, shorter than anybody would notice. */
const CLOCK_SET_BACK_MS = 60_000

/** Gives a bucket back whole: what was tried turned out to be right. */
export async function refillAllowance({ db }: Needs, bucket: string): Promise<void> {
  await db.rateLimit.deleteMany({ where: { bucket } })
}

/** What somebody typed, as it may stand in a bucket's name. */
export function digestForBucket(typed: string): string {
  return createHash('sha256').update(typed.trim().toLowerCase().normalize('NFKC')).digest('hex')
}

/** `retryAfterMs` as a sentence says it and as Retry-After carries it: whole seconds, at least one. */
export function secondsOf(retryAfterMs: number): number {
  return Math.max(1, Math.ceil(retryAfterMs / 1000))
}

export const SWEEP_EVERY = 500
let untilSweep = SWEEP_EVERY

/** A bucket that is full again says nothing: its row goes, some hundreds of calls later. */
async function sweepNowAndThen(db: Needs['db']): Promise<void> {
  untilSweep -= 1
  if (untilSweep > 0) return
  untilSweep = SWEEP_EVERY
  await db.$executeRaw`
    DELETE FROM rate_limit WHERE bucket IN (
      SELECT bucket FROM rate_limit WHERE full_until < statement_timestamp() LIMIT 5000 FOR UPDATE SKIP LOCKED)`
}
