import 'server-only'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'
import { inTransaction } from '../db/transaction'
import { DONE_HERE, EXPLAINED, PART_OF_THE_EXAMPLE } from './own-acts-sql'
import { type Bypass, raiseBypasses } from './raise-bypasses'

type Needs = Pick<Context, 'db' | 'clock' | 'channels'>

/** By then every act that could explain a change has its intent, and the local example its end. */
const LONG_AGO = Prisma.sql`r.at < now() - interval '15 minutes'`
/** Changes that one transaction looks at, and how often a round does that. */
const AT_ONCE = 5_000
const TIMES = 60

/** By all that the record's index is made of. */
const OLDEST = Prisma.sql`r.act = 'change' AND r.at = p.at AND r.digest = p.digest AND p.digest IN (
  SELECT o.digest FROM log_change_open o WHERE NOT o.settled ORDER BY o.at, o.digest LIMIT ${AT_ONCE})`

/**
 * Goes over the changes that were read: those that are explained for good are let go, and those that nothing can explain any
 * more are settled, so that a page asks only for what is recent. What is settled raises its alarm with it.
 */
export async function settleChanges(ctx: Needs): Promise<void> {
  for (let time = 0; time < TIMES; time += 1) {
    const before = await unsettled(ctx)
    if (before === 0) return
    await settleOldest(ctx)
    if (before <= AT_ONCE || (await unsettled(ctx)) === before) return
  }
}

function settleOldest(ctx: Needs): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    await tx.$executeRaw(Prisma.sql`DELETE FROM log_change_open p USING log_record r
      WHERE ${OLDEST} AND (${EXPLAINED} OR ${PART_OF_THE_EXAMPLE})`)
    await raiseBypasses(ctx, tx, 'changed-outside', await tx.$queryRaw<Bypass[]>(SETTLE))
  })
}

/** By key; a key changed today and long ago was changed today. Vaults without a connection have nobody to tell. */
const SETTLE = Prisma.sql`
  WITH settled AS (
    UPDATE log_change_open p SET settled = true FROM log_record r
     WHERE ${OLDEST} AND ${LONG_AGO} AND NOT ${DONE_HERE} AND NOT ${PART_OF_THE_EXAMPLE}
    RETURNING r.connection_id, r.key_name, r.at, r.read_at)
  SELECT c.id AS "connectionId", c.name AS "connectionName", s.key_name AS "keyName", NULL AS "keyVersion",
         bool_and(s.at < s.read_at - interval '1 day') AS late
    FROM settled s JOIN connection c ON c.id = s.connection_id
   GROUP BY c.id, c.name, s.key_name ORDER BY late, max(s.at), s.key_name`

function unsettled(ctx: Pick<Context, 'db'>): Promise<number> {
  return ctx.db.logChangeOpen.count({ where: { settled: false } })
}
