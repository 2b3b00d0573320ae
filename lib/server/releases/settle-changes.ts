import 'server-only'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'
import { inOneFlight } from '../db/statement-transaction'
import { DONE_HERE, EXPLAINED, PART_OF_THE_EXAMPLE } from './own-acts-sql'

/** By then every act that could explain a change has its intent, and the local example its end. */
const LONG_AGO = Prisma.sql`r.at < now() - interval '15 minutes'`
/** Changes that one transaction looks at, and how often a round does that. */
const AT_ONCE = 10_000
const TIMES = 30

const OLDEST = Prisma.sql`r.digest = p.digest AND p.digest IN (
  SELECT o.digest FROM log_change_open o WHERE NOT o.settled ORDER BY o.at, o.digest LIMIT ${AT_ONCE})`

/**
 * Goes over the changes that were read: those that are explained for good are let go, and those that nothing can explain any
 * more are settled, so that a page asks only for what is recent.
 */
export async function settleChanges(ctx: Pick<Context, 'db'>): Promise<void> {
  for (let time = 0; time < TIMES; time += 1) {
    const before = await unsettled(ctx)
    await inOneFlight(ctx.db, [
      Prisma.sql`DELETE FROM log_change_open p USING log_record r
        WHERE ${OLDEST} AND (${EXPLAINED} OR ${PART_OF_THE_EXAMPLE})`,
      Prisma.sql`UPDATE log_change_open p SET settled = true FROM log_record r
        WHERE ${OLDEST} AND ${LONG_AGO} AND NOT ${DONE_HERE} AND NOT ${PART_OF_THE_EXAMPLE}`,
    ])
    if (before <= AT_ONCE || (await unsettled(ctx)) === before) return
  }
}

function unsettled(ctx: Pick<Context, 'db'>): Promise<number> {
  return ctx.db.logChangeOpen.count({ where: { settled: false } })
}
