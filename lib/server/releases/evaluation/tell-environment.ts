import 'server-only'
import { KEY_NOT_NAMED } from '@/lib/domain/alarms/alarm'
import type { Notice } from '@/lib/domain/notifications/notice'
import { environmentWords } from '@/lib/domain/releases/environment'
import type { KnownEnvironment } from '@/lib/domain/releases/history/evaluation-views'
import type { LogRecordView } from '@/lib/domain/releases/history/views'
import type { Context } from '../../context'
import { Prisma } from '../../db/generated/client'
import type { Transaction } from '../../db/transaction'
import { noticesStatement } from '../../notifications/raise-notification'
import { fewOf } from '../few-of-notices'
import { PART_OF_THE_EXAMPLE } from '../own-acts-sql'

/** Tells, once, that a key was released to an environment that it was never seen released to; a refusal is told by itself. */
export async function tellEnvironment(
  ctx: Pick<Context, 'clock' | 'channels'>,
  tx: Transaction,
  record: LogRecordView,
  environment: KnownEnvironment,
): Promise<void> {
  const { connectionId, connectionName, decision, digest } = record
  if (connectionId === null || decision !== 'allowed' || !(await isNew(tx, record, environment))) return
  const day = ctx.clock().toISOString().slice(0, 10)
  const facts = {
    ...{ connectionId, vaultName: connectionName ?? '', day, keyName: record.keyName ?? KEY_NOT_NAMED },
    ...{ record: digest, person: null, address: null },
    environment: { sha256: environment.sha256, words: environmentWords(environment) },
  }
  const notice: Notice = { kind: 'release-first-seen', facts }
  await tx.$queryRaw(noticesStatement(ctx, await fewOf(tx, [notice], day)))
}

async function isNew(tx: Transaction, { digest }: LogRecordView, { sha256 }: KnownEnvironment): Promise<boolean> {
  const known = await tx.$queryRaw<unknown[]>(Prisma.sql`
    SELECT 1 FROM log_record r
     WHERE r.digest = ${digest} AND NOT ${PART_OF_THE_EXAMPLE} AND NOT EXISTS (
       SELECT FROM release_evaluation v JOIN log_record o ON o.digest = v.digest
        WHERE v.environment_sha256 = ${sha256} AND o.digest <> r.digest AND o.decision = 'allowed'
          AND o.vault = r.vault AND lower(o.key_name) IS NOT DISTINCT FROM lower(r.key_name))`)
  return known.length > 0
}
