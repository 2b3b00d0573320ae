import 'server-only'
import type { Context, ServiceError } from '../context'
import type { Transaction } from '../db/transaction'

/**
 * How many acts on a key have an outcome. Counted before the vault is asked and once more in the intent's transaction: where
 * it has grown, another act changed the key between the two, and what was read is not what would be acted on. One that is
 * still open by then refuses the intent by itself (`key-busy`). A release changes nothing.
 */
export async function actsEnded(
  db: Context['db'] | Transaction,
  { connectionId, keyName }: { connectionId: string; keyName: string },
): Promise<number> {
  const [row] = await db.$queryRaw<{ ended: number }[]>`
    SELECT count(*)::int AS ended FROM operation
     WHERE connection_id = ${connectionId}::uuid AND lower(key_name) = lower(${keyName})
       AND kind <> 'release_key' AND status IN ('succeeded', 'failed')`
  return row?.ended ?? 0
}

export const ACTED_ON_MEANWHILE: ServiceError = {
  code: 'conflict',
  message: 'Another act on this key has ended since the vault was asked. Nothing was sent. Reload, and look again.',
}
