import 'server-only'
import type { Standing } from '@/lib/domain/releases/history/views'
import type { Actor, Context } from '../context'
import { Prisma } from '../db/generated/client'
import { requirePermission } from '../people/require-permission'
import { BARRED_RELEASES } from './barred-releases-sql'
import { type LogRecordRow, RECORD_COLUMNS, toRecordView } from './history-sql'
import { DONE_HERE, PART_OF_THE_EXAMPLE } from './own-acts-sql'

/** Shown; the count says how many there are. */
const SHOWN = 20

/** What changed keys and was not done through Drawbridge, as far as the vaults' logs were read. Refused attempts are none. */
export function changesPastDrawbridge(ctx: Context, actor: Actor): Promise<Standing> {
  return standing(ctx, actor, {
    ctes: Prisma.sql`recent AS MATERIALIZED (
        SELECT p.digest, p.at
          FROM log_change_open p JOIN log_record r ON r.act = 'change' AND r.at = p.at AND r.digest = p.digest
         WHERE NOT p.settled AND NOT ${DONE_HERE} AND NOT ${PART_OF_THE_EXAMPLE}),
      found AS (
        (SELECT digest, at FROM log_change_open WHERE settled ORDER BY at DESC, digest DESC LIMIT ${SHOWN})
        UNION ALL SELECT digest, at FROM recent)`,
    count: Prisma.sql`(SELECT count(*) FROM log_change_open WHERE settled) + (SELECT count(*) FROM recent)`,
  })
}

/** Released while an import of that version waited for its review, or after Drawbridge had disabled that version. */
export function releasesThatShouldNotBe(ctx: Context, actor: Actor): Promise<Standing> {
  return standing(ctx, actor, {
    ctes: Prisma.sql`found AS MATERIALIZED (${BARRED_RELEASES})`,
    count: Prisma.sql`(SELECT count(*) FROM found)`,
  })
}

type Found = { /** Among them `found`, with a digest each. */ ctes: Prisma.Sql; count: Prisma.Sql }

async function standing(ctx: Context, actor: Actor, { ctes, count }: Found): Promise<Standing> {
  requirePermission(actor, 'releases.read')
  const rows = await ctx.db.$queryRaw<(LogRecordRow & { count: number })[]>`
    WITH ${ctes}
    SELECT ${RECORD_COLUMNS}, (${count})::int AS count
      FROM found f JOIN log_record r ON r.digest = f.digest LEFT JOIN connection c ON c.id = r.connection_id
     ORDER BY r.at DESC, r.digest DESC LIMIT ${SHOWN}`
  return { count: rows[0]?.count ?? 0, records: rows.map(({ count: _, ...row }) => toRecordView(row)) }
}
