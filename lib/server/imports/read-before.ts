import 'server-only'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import { Prisma } from '../db/generated/client'
import { readRows } from '../db/read-rows'
import { dutiesHold, lastAcknowledged } from '../duties/read-duties'
import { type VaultName, versionsMade } from '../operations/versions-made'

/** What the record says before the vault is asked. */
export interface Before {
  connection: ConnectionRow
  /** Versions of the name that were made there by now. */
  madeBefore: number
  dutiesHold: boolean
}

export const NO_VAULT: ServiceError = { code: 'not-found', message: 'There is no such vault, or no longer.' }

type BeforeRow = ConnectionRow & { madeBefore: number; acknowledgedAt: Date | null }

/** One statement; null without a live connection. */
export async function readBefore(
  ctx: Pick<Context, 'db' | 'clock'>,
  actor: Actor,
  key: VaultName,
): Promise<Before | null> {
  const statement = Prisma.sql`
    SELECT id, name, kind, url, environment, credential, ${versionsMade(key)} AS "madeBefore",
      ${lastAcknowledged(actor)} AS "acknowledgedAt"
    FROM connection WHERE id = ${key.connectionId}::uuid AND removed_at IS NULL`
  const [row] = await readRows<BeforeRow>(ctx.db, statement)
  if (!row) return null
  const { madeBefore, acknowledgedAt, ...connection } = row
  return { connection, madeBefore, dutiesHold: dutiesHold(ctx, acknowledgedAt) }
}
