import 'server-only'
import type { ConnectionRow, Context } from '../context'
import { Prisma } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import { type VaultName, versionsMade } from './versions-made'

/** A live connection, or null. */
export async function findConnection(db: Context['db'] | Transaction, id: string): Promise<ConnectionRow | null> {
  const [row] = await db.$queryRaw<ConnectionRow[]>`
    SELECT id, name, kind, url, environment, credential FROM connection WHERE id = ${id}::uuid AND removed_at IS NULL`
  return row ?? null
}

/** A live connection with how many versions of a name were made there by now: one statement, before the vault is asked. */
export async function findConnectionAndMade(
  db: Context['db'],
  key: VaultName,
): Promise<{ connection: ConnectionRow; madeBefore: number } | null> {
  const [row] = await db.$queryRaw<(ConnectionRow & { madeBefore: number })[]>(Prisma.sql`
    SELECT id, name, kind, url, environment, credential, ${versionsMade(key)} AS "madeBefore"
    FROM connection WHERE id = ${key.connectionId}::uuid AND removed_at IS NULL`)
  if (!row) return null
  const { madeBefore, ...connection } = row
  return { connection, madeBefore }
}

/** The connection of an intent: also a removed one, whose open intents must still be closed. */
export function connectionOf(db: Context['db'], operation: { connectionId: string }): Promise<ConnectionRow> {
  return db.connection.findUniqueOrThrow({ where: { id: operation.connectionId } })
}
