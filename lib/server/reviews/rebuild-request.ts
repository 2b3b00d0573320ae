import 'server-only'
import {
  type FrozenEnable,
  type FrozenRequest,
  frozenEnableSchema,
  frozenRequestSchema,
} from '@/lib/domain/imports/frozen-request'
import type { VaultKey } from '@/lib/providers/port'
import type { ConnectionRow } from '../context'
import type { EnableRequest, Import, Person } from '../db/generated/client'
import { buildFrozenRequest, toSeconds } from '../imports/build-frozen-request'
import { publicFacts } from '../inventory/public-facts'
import { readTarget } from './read-expected'

/**
 * The request of an import, built anew from what the vault holds now and from our own record. Equal to the frozen one,
 * byte for byte, or something changed.
 */
export function rebuildRequest(
  row: Import,
  importer: Pick<Person, 'issuer' | 'subject'>,
  connection: Pick<ConnectionRow, 'url'>,
  key: VaultKey,
): FrozenRequest {
  const publicKeySha256 = publicFacts(key.publicJwk)?.spkiSha256 ?? null
  const { schema } = readFrozenRequest(row)
  return buildFrozenRequest({ row, target: readTarget(row), importer, connection, key, publicKeySha256, schema })
}

export function readFrozenRequest(row: Pick<Import, 'frozenRequest'>): FrozenRequest {
  return frozenRequestSchema.parse(JSON.parse(row.frozenRequest ?? 'null'))
}

/** The same for a disabled version. `schema`: of the text it will be compared with; left out, the present one. */
export function buildEnableRequest(
  id: string,
  requester: Pick<Person, 'issuer' | 'subject'>,
  connection: Pick<ConnectionRow, 'url'>,
  key: VaultKey,
  schema: FrozenEnable['schema'] = 'drawbridge/enable/2',
): FrozenEnable {
  const facts = {
    enableRequestId: id,
    requester: { issuer: requester.issuer, subject: requester.subject },
    vaultUrl: connection.url,
    name: key.name,
    kid: key.kid,
    kty: key.kty,
    sizeOrCurve: key.sizeOrCurve,
    keyOps: [...key.keyOps].sort(),
    nbf: toSeconds(key.attributes.notBefore),
    exp: toSeconds(key.attributes.expiresAt),
    publicKeySha256: publicFacts(key.publicJwk)?.spkiSha256 ?? null,
  }
  if (schema === 'drawbridge/enable/1') return { schema, ...facts }
  const releasePolicySha256 = key.releasePolicy?.sha256 ?? null
  return { schema, ...facts, exportable: key.attributes.exportable, releasePolicySha256 }
}

export function readFrozenEnable(row: Pick<EnableRequest, 'frozenRequest'>): FrozenEnable {
  return frozenEnableSchema.parse(JSON.parse(row.frozenRequest))
}
