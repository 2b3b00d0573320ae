import 'server-only'
import { credentialSchema } from '@/lib/domain/connections/credential'
import { healthWords } from '@/lib/domain/connections/health-words'
import { type Capability, VAULT_OPERATIONS, type VaultOperation } from '@/lib/domain/connections/vault-operation'
import type { ConnectionView } from '@/lib/domain/connections/views'
import type { Actor } from '../context'
import type { Prisma } from '../db/generated/client'
import { permit } from '../permit'
import { toConnectionState } from './health-state'

/** What a view is made of. */
export const CONNECTION_PARTS = { health: true, operations: true } as const satisfies Prisma.ConnectionInclude

type SeenOperation = Pick<ConnectionParts['operations'][number], 'operation' | 'workedAt' | 'refusedAt'>

export type ConnectionParts = Prisma.ConnectionGetPayload<{ include: typeof CONNECTION_PARTS }>

/** With an `actor` who may change it, the credential's names of settings too. */
export function toConnectionView(connection: ConnectionParts, keyCount: number, actor?: Actor): ConnectionView {
  const credential = credentialSchema.parse(connection.credential)
  const health = connection.health
  return {
    id: connection.id,
    name: connection.name,
    kind: connection.kind,
    url: connection.url,
    environment: connection.environment,
    credentialType: credential.type,
    credential: actor && permit(actor, 'connections.manage').ok ? credential : null,
    state: toConnectionState(health?.state),
    latencyMs: health?.latencyMs ?? null,
    checkedAt: health?.checkedAt?.toISOString() ?? null,
    lastAnswerAt: health?.lastAnswerAt?.toISOString() ?? null,
    lastErrorCode: health?.lastErrorCode ?? null,
    lastErrorAt: health?.lastErrorAt?.toISOString() ?? null,
    lastErrorWords: healthWords(health?.lastErrorCode ?? null),
    indexedAt: health?.indexedAt?.toISOString() ?? null,
    capabilities: VAULT_OPERATIONS.map((operation) => toCapability(operation, connection.operations)),
    keyCount,
  }
}

/** The later of the two is what holds now. */
export function toCapability(operation: VaultOperation, rows: readonly SeenOperation[]): Capability {
  const row = rows.find((candidate) => candidate.operation === operation)
  const worked = row?.workedAt ?? null
  const refused = row?.refusedAt ?? null
  if (worked && (!refused || worked >= refused)) return { operation, known: 'working', at: worked.toISOString() }
  if (refused) return { operation, known: 'refused', at: refused.toISOString() }
  return { operation, known: 'not-known' }
}
