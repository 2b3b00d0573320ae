import 'server-only'
import type { KeyOrigin } from '@/lib/domain/keys/views'
import type { Context } from '../context'
import { creationOf } from '../created-keys/creation-of'
import { originOf } from '../imports/origin-of'

/** Where a version came from, as our own records tell it; a vault does not say. */
export async function learnOrigin(
  db: Context['db'],
  key: { connectionId: string; name: string; version: string; kid: string },
): Promise<KeyOrigin> {
  const address = { connectionId: key.connectionId, keyName: key.name, keyVersion: key.version }
  const [imported, kek, created] = await Promise.all([
    db.import.findFirst({
      where: { connectionId: key.connectionId, keyName: key.name, keyVersion: key.version },
      select: { origin: true },
    }),
    db.kek.findFirst({ where: { kid: key.kid, createdById: { not: null } }, select: { id: true } }),
    creationOf(db, address),
  ])
  if (imported) return originOf(imported)
  return kek || created ? 'generated' : 'unknown'
}
