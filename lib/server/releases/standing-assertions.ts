import 'server-only'
import type { Standing } from '@/lib/domain/releases/history/views'
import type { Actor, Context } from '../context'
import { Prisma } from '../db/generated/client'
import { requirePermission } from '../people/require-permission'
import { type LogRecordRow, RECORD_COLUMNS, RECORDS, toRecordView } from './history-sql'
import { DONE_HERE, PART_OF_THE_EXAMPLE } from './own-acts-sql'

/** Shown; the count says how many there are. */
const SHOWN = 20

/** What changed keys and was not done through Drawbridge, as far as the vaults' logs were read. Refused attempts are none. */
export function changesPastDrawbridge(ctx: Context, actor: Actor): Promise<Standing> {
  const elsewhere = Prisma.sql`NOT ${DONE_HERE} AND NOT ${PART_OF_THE_EXAMPLE}`
  return standing(ctx, actor, Prisma.sql`r.act = 'change' AND r.decision = 'allowed' AND ${elsewhere}`)
}

/** Released while an import of that version waited for its review, or after Drawbridge had disabled that version. */
export function releasesThatShouldNotBe(ctx: Context, actor: Actor): Promise<Standing> {
  return standing(
    ctx,
    actor,
    Prisma.sql`r.act = 'release' AND r.decision = 'allowed' AND (${UNDER_REVIEW} OR ${DISABLED})`,
  )
}

const OF_THE_KEY = (table: Prisma.Sql) => Prisma.sql`${table}.connection_id = r.connection_id
  AND lower(${table}.key_name) = lower(r.key_name) AND (r.key_version IS NULL OR ${table}.key_version = r.key_version)`

/** A release that names no version is the newest one's; the import may be that, so that it counts. */
const UNDER_REVIEW = Prisma.sql`EXISTS (SELECT FROM import i WHERE ${OF_THE_KEY(Prisma.sql`i`)}
  AND i.arrived_at <= r.at AND (i.decided_at IS NULL OR i.decided_at > r.at))`

const DISABLED = Prisma.sql`(
  SELECT o.kind::text IN ('disable_key', 'mark_compromised', 'reject_key') FROM operation o
   WHERE ${OF_THE_KEY(Prisma.sql`o`)} AND o.status = 'succeeded' AND o.finished_at <= r.at
     AND o.kind::text IN ('disable_key', 'mark_compromised', 'reject_key', 'enable_key', 'reenable_key')
   ORDER BY o.finished_at DESC LIMIT 1)`

async function standing(ctx: Context, actor: Actor, where: Prisma.Sql): Promise<Standing> {
  requirePermission(actor, 'releases.read')
  const [count] = await ctx.db.$queryRaw<
    { count: number }[]
  >`SELECT count(*)::int AS count FROM ${RECORDS} WHERE ${where}`
  if (!count?.count) return { count: 0, records: [] }
  const rows = await ctx.db.$queryRaw<LogRecordRow[]>`
    SELECT ${RECORD_COLUMNS} FROM ${RECORDS} WHERE ${where} ORDER BY r.at DESC, r.digest LIMIT ${SHOWN}`
  return { count: count.count, records: rows.map(toRecordView) }
}
