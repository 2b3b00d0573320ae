import 'server-only'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'
import { inTransaction } from '../db/transaction'
import { BARRED_RELEASES } from './barred-releases-sql'
import { type Bypass, raiseBypasses } from './raise-bypasses'

/** Releases that one round tells of; the next one takes the rest. */
const AT_MOST = 5_000

/**
 * Raises the alarm of each release that should not have been, once: which ones were told stands beside them. They are looked
 * for anew every time, for a span is known only when the act that began it, or a late record, is.
 */
export function tellBarredReleases(ctx: Pick<Context, 'db' | 'clock' | 'channels'>): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    await raiseBypasses(ctx, tx, 'released-while-barred', await tx.$queryRaw<Bypass[]>(mark(ctx.clock())))
  })
}

const mark = (at: Date) => Prisma.sql`
  WITH told AS (
    INSERT INTO release_alarmed (digest, at)
    SELECT f.digest, ${at}::timestamptz FROM (${BARRED_RELEASES}) f
     WHERE NOT EXISTS (SELECT FROM release_alarmed a WHERE a.digest = f.digest)
     ORDER BY f.digest LIMIT ${AT_MOST}
    ON CONFLICT (digest) DO NOTHING RETURNING digest)
  SELECT c.id AS "connectionId", c.name AS "connectionName", r.key_name AS "keyName", r.key_version AS "keyVersion",
         false AS late
    FROM told t JOIN log_record r ON r.digest = t.digest JOIN connection c ON c.id = r.connection_id
   GROUP BY c.id, c.name, r.key_name, r.key_version ORDER BY max(r.at), r.key_name, r.key_version`
