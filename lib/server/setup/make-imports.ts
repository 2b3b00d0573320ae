import 'server-only'
import type { ImportTarget } from '@/lib/domain/imports/target'
import type { EcCurve } from '@/lib/domain/keys/key-type'
import { PREFLIGHT_CHECKS } from '@/lib/domain/preflight/report'
import { ProviderError } from '@/lib/providers/port'
import type { ConnectionRow, Context } from '../context'
import type { Import, Kek } from '../db/generated/client'
import { submitImport } from '../imports/submit-import'
import { approveImport } from '../reviews/approve-import'
import { rejectImport } from '../reviews/reject-import'
import type { Cast } from './officers'
import { sealExample } from './source-hsm'

export interface ExampleImport {
  name: string
  key: { curve: EcCurve } | { aesBits: 128 | 256 }
  end: 'enabled' | 'rejected' | 'waiting'
  expiresDays: number
}

export const VAULT_IMPORTS: readonly ExampleImport[] = [
  { name: 'customer-master', key: { curve: 'P-256' }, end: 'enabled', expiresDays: 730 },
  { name: 'supplier-portal', key: { curve: 'P-384' }, end: 'rejected', expiresDays: 365 },
  { name: 'settlement-root', key: { curve: 'P-384' }, end: 'waiting', expiresDays: 1095 },
]
export const HSM_IMPORTS: readonly ExampleImport[] = [
  { name: 'card-vault', key: { aesBits: 256 }, end: 'enabled', expiresDays: 365 },
]

const DAY_MS = 24 * 60 * 60 * 1000

/** One key over the bridge, by the real services: one officer imports, another decides. */
export async function makeImport(
  ctx: Context,
  cast: Cast,
  { connection, kek }: { connection: ConnectionRow; kek: Kek },
  wish: ExampleImport,
): Promise<void> {
  const begun = await ctx.db.import.findFirst({
    where: { connectionId: connection.id, keyName: wish.name, status: { not: 'failed' } },
  })
  // A start that was cut off: what it left is an import like any other, for people and the reconciler.
  if (begun) return
  const sealed = await sealExample(kek, wish.key)
  const taken = await isTaken(ctx, connection, wish.name)
  const submitted = await submitImport(ctx, cast.importer, {
    draftId: null,
    connectionId: connection.id,
    kekKid: kek.kid ?? '',
    fileName: `${wish.name}.byok`,
    origin: 'transfer_blob',
    file: sealed.file,
    acceptedNormalisedSha256: null,
    target: targetOf(ctx, wish),
    typedName: taken ? wish.name : null,
    acknowledgedWarnings: Object.keys(PREFLIGHT_CHECKS),
    expectedPublicKeySha256: 'curve' in wish.key ? sealed.recorded : null,
  })
  if (!submitted.ok) throw new Error(`the example ${wish.name} was not imported: ${submitted.error.code}`)
  const row = await ctx.db.import.findUniqueOrThrow({ where: { id: submitted.value.importId } })
  if (row.status === 'awaiting_review') await decide(ctx, cast, row, { end: wish.end, recorded: sealed.recorded })
}

function targetOf(ctx: Context, { name, key, expiresDays }: ExampleImport): ImportTarget {
  const symmetric = 'aesBits' in key
  return {
    name,
    kty: symmetric ? 'oct-HSM' : 'EC-HSM',
    sizeOrCurve: symmetric ? String(key.aesBits) : key.curve,
    keyOps: symmetric ? ['encrypt', 'decrypt'] : ['sign', 'verify'],
    notBefore: null,
    expiresAt: new Date(ctx.clock().getTime() + expiresDays * DAY_MS).toISOString(),
    exportable: false,
    releasePolicy: null,
    tags: { environment: 'local', owner: 'examples' },
  }
}

async function decide(
  ctx: Context,
  { approver }: Cast,
  row: Import,
  { end, recorded }: { end: ExampleImport['end']; recorded: string },
): Promise<void> {
  if (end === 'waiting') return
  const seen = { importId: row.id, revision: row.revision, frozenSha256: row.frozenSha256 ?? '' }
  const decided =
    end === 'enabled'
      ? await approveImport(ctx, approver, {
          ...seen,
          reason: 'Example: equal to the ceremony record',
          expected: { text: recorded },
        })
      : await rejectImport(ctx, approver, { ...seen, reason: 'Example: the ceremony record lacks a second signature' })
  if (!decided.ok) throw new Error(`the example ${row.keyName} was not decided: ${decided.error.code}`)
}

/** The vault may hold the name from an installation whose database is gone: then this adds a version. */
async function isTaken(ctx: Context, connection: ConnectionRow, name: string): Promise<boolean> {
  try {
    await ctx.provider(connection).getKey(name)
    return true
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'key-not-found') return false
    throw error
  }
}
