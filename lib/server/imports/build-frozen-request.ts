import 'server-only'
import type { FrozenRequest, FrozenSchema } from '@/lib/domain/imports/frozen-request'
import type { ImportTarget } from '@/lib/domain/imports/target'
import type { VaultKey } from '@/lib/providers/port'
import type { ConnectionRow } from '../context'
import type { Import, Person } from '../db/generated/client'
import { originOf } from './origin-of'

export interface FreezeInput {
  row: Pick<Import, 'id' | 'origin' | 'fileSha256' | 'kekKid'>
  target: ImportTarget
  importer: Pick<Person, 'issuer' | 'subject'>
  connection: Pick<ConnectionRow, 'url'>
  key: VaultKey
  publicKeySha256: string | null
  /** Of the text it will be compared with; left out: the present one. */
  schema?: FrozenSchema
}

/** What an approval will cover: the vault's own answer, and of ours only what the vault can't tell. */
export function buildFrozenRequest({
  row,
  target,
  importer,
  connection,
  key,
  publicKeySha256,
  schema = 'drawbridge/import/2',
}: FreezeInput): FrozenRequest {
  const facts = {
    importId: row.id,
    importer: { issuer: importer.issuer, subject: importer.subject },
    vaultUrl: connection.url,
    name: key.name,
    kid: key.kid,
    kty: key.kty,
    // A vault tells no size of a symmetric key.
    sizeOrCurve: key.sizeOrCurve ?? target.sizeOrCurve,
    keyOps: [...key.keyOps].sort(),
    nbf: toSeconds(key.attributes.notBefore),
    exp: toSeconds(key.attributes.expiresAt),
    exportable: key.attributes.exportable,
    releasePolicySha256: key.releasePolicy?.sha256 ?? null,
    tags: key.tags,
    fileSha256: row.fileSha256,
    kekKid: row.kekKid,
    publicKeySha256,
  }
  return schema === 'drawbridge/import/1' ? { schema, ...facts } : { schema, origin: originOf(row), ...facts }
}

/** Unix seconds, as the vault stores times. */
export function toSeconds(time: Date | null): number | null {
  return time ? Math.floor(time.getTime() / 1000) : null
}
