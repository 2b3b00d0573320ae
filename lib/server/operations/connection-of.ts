import 'server-only'
import type { ConnectionRow, Context } from '../context'
import type { Transaction } from '../db/transaction'

/** A live connection, or null. */
export async function findConnection(db: Context['db'] | Transaction, id: string): Promise<ConnectionRow | null> {
  const [row] = await db.$queryRaw<ConnectionRow[]>`
    SELECT id, name, kind, url, environment, credential FROM connection WHERE id = ${id}::uuid AND removed_at IS NULL`
  return row ?? null
}

/** The connection of an intent: also a removed one, whose open intents must still be closed. */
export function connectionOf(db: Context['db'], operation: { connectionId: string }): Promise<ConnectionRow> {
  return db.connection.findUniqueOrThrow({ where: { id: operation.connectionId } })
}
