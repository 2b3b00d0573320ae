import 'server-only'
import { importTargetSchema } from '@/lib/domain/imports/target'
import type { Context } from '../context'

/** What our own import tells about a version that the vault does not. */
export interface OwnImport {
  /** True while no act of ours ever enabled it, not even for its key check value. */
  neverEnabled: boolean
  /** A vault tells no size of a symmetric key. */
  sizeOrCurve: string
}

export async function findOwnImport(
  db: Context['db'],
  key: { connectionId: string; name: string; version: string },
): Promise<OwnImport | null> {
  const found = await db.import.findFirst({
    where: { connectionId: key.connectionId, keyName: key.name, keyVersion: key.version },
    select: { status: true, checkWindowMs: true, target: true },
  })
  if (!found) return null
  return {
    neverEnabled: found.checkWindowMs === null && found.status !== 'enabling' && found.status !== 'enabled',
    sizeOrCurve: importTargetSchema.parse(found.target).sizeOrCurve,
  }
}
