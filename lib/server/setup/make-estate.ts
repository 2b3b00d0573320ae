import 'server-only'
import type { ConnectionKind } from '@/lib/domain/connections/kind'
import { DUTIES } from '@/lib/domain/people/duties'
import { appendEvent } from '../audit/append-event'
import type { Actor, ConnectionRow, Context } from '../context'
import { inTransaction } from '../db/transaction'
import { acknowledgeDuties } from '../duties/acknowledge-duties'
import { readDuties } from '../duties/read-duties'
import { refreshInBackground } from '../inventory/refresh-connection'
import { GENERATED_KEYS } from './generated-keys'
import { makeGeneratedKey } from './make-generated-key'
import { type ExampleImport, HSM_IMPORTS, makeImport, VAULT_IMPORTS } from './make-imports'
import { makeKek } from './make-kek'
import type { Cast } from './officers'

const KEKS = {
  azure_key_vault: { name: 'kek-2026-q4', expiresDays: 75 },
  azure_managed_hsm: { name: 'hsm-kek-2026-q4', expiresDays: 20 },
} as const satisfies Record<ConnectionKind, { name: string; expiresDays: number }>

const IMPORTS: Record<ConnectionKind, readonly ExampleImport[]> = {
  azure_key_vault: VAULT_IMPORTS,
  azure_managed_hsm: HSM_IMPORTS,
}

/** The end of it all is an event of its own: until it stands in the log, every start goes on where the last one ended. */
export async function isEstateMade(ctx: Context): Promise<boolean> {
  const done = { type: 'installation.estate-made', phase: 'succeeded', keyName: null }
  return (await ctx.db.auditEvent.count({ where: done })) > 0
}

/** A small estate over the local vaults, every key of it made by really performing the operations. */
export async function makeEstate(ctx: Context, cast: Cast, connections: readonly ConnectionRow[]): Promise<void> {
  await acknowledgeFirst(ctx, cast.importer)
  for (const connection of connections) await makeEstateIn(ctx, cast, connection)
  await inTransaction(ctx.db, (tx) =>
    appendEvent(tx, {
      type: 'installation.estate-made',
      phase: 'succeeded',
      at: ctx.clock(),
      actor: null,
      details: { vaults: connections.map(({ name }) => name) },
    }),
  )
}

/** The example importer is a custodian like any other: the duties come before the first import. */
async function acknowledgeFirst(ctx: Context, importer: Actor): Promise<void> {
  if ((await readDuties(ctx, importer)).holds) return
  const acknowledged = await acknowledgeDuties(ctx, importer, { version: DUTIES.version })
  if (!acknowledged.ok) throw new Error(`the duties were not acknowledged: ${acknowledged.error.code}`)
}

async function makeEstateIn(ctx: Context, cast: Cast, connection: ConnectionRow): Promise<void> {
  // One act after the other, as people would do them: acts side by side only make each other's transactions repeat.
  const kek = await makeKek(ctx, cast.importer, connection, KEKS[connection.kind])
  for (const key of GENERATED_KEYS.filter(({ where }) => where === connection.kind)) {
    await makeGeneratedKey(ctx, cast.importer, connection, key)
  }
  for (const wish of IMPORTS[connection.kind]) await makeImport(ctx, cast, { connection, kek }, wish)
  await refreshInBackground(ctx, connection)
}
