import 'server-only'
import type { NoticeOf } from '@/lib/domain/notifications/notice'
import type { VaultKey } from '@/lib/providers/port'
import { type NewAlarm, raiseAlarm } from '../alarms/raise-alarm'
import type { Actor, ConnectionRow, Context } from '../context'
import { type Import, type ImportStatus, Prisma } from '../db/generated/client'
import { inOneFlight } from '../db/statement-transaction'
import { asJson } from '../db/statements'
import { inTransaction } from '../db/transaction'
import { type PublicFacts, publicFacts } from '../inventory/public-facts'
import { raising } from '../notifications/raise-notification'
import { disableAtOnce } from '../operations/disable-at-once'
import { isRecordedAlready, type OperationOutcome, outcomeStatement } from '../operations/finish-operation'
import { noteInIndex } from '../operations/note-in-index'
import { freeze } from '../reviews/freeze'
import { buildFrozenRequest } from './build-frozen-request'
import type { ClosingImport } from './closing-import'
import { compareArrival } from './compare-arrival'
import { tagsOfImport } from './import-tags'
import { originOf } from './origin-of'
import type { ImportReceipt } from './receipt'

/**
 * Transaction 2 for a key that is in the vault: reads the exact version back, compares it with what was asked for and
 * with the public key that the officer gave, freezes the request, and records the outcome once. Throws `ProviderError`.
 * Answers the status it wrote; null when somebody else had recorded the outcome already.
 */
export async function completeImport(
  ctx: Context,
  closing: ClosingImport,
  version: string,
  importRequestId: string | null,
): Promise<ImportStatus | null> {
  const { row, connection, actor } = closing
  const { value: key, requestId } = await ctx.provider(connection).getKey(row.keyName, version)
  const arrival = await judgeArrival(ctx, closing, key, { importRequestId, readBackRequestId: requestId })
  if (key.attributes.enabled) await disableAtOnce(ctx, closing, key)
  const recorded = await recordArrival(ctx, closing, key, arrival)
  const note = () =>
    noteInIndex(ctx, {
      connection,
      key,
      isLatest: true,
      origin: originOf(row),
      digests: arrival.digests,
      policySeenBy: 'own-import',
    })
  if (actor)
    setImmediate(note) // the answer does not wait for a copy
  else await note()
  return recorded ? arrival.status : null
}

interface Arrival {
  status: Extract<ImportStatus, 'awaiting_review' | 'substituted' | 'failed'>
  receipt: ImportReceipt
  digests: PublicFacts | null
  frozen: { text: string; sha256: string }
}

async function judgeArrival(
  ctx: Context,
  { row, operation, connection, target, params, actor }: ClosingImport,
  key: VaultKey,
  requestIds: Pick<ImportReceipt, 'importRequestId' | 'readBackRequestId'>,
): Promise<Arrival> {
  const { expectedPublicKeySha256: expected } = params
  const importer = await importerOf(ctx, row, actor)
  const digests = publicFacts(key.publicJwk)
  const differences = compareArrival(target, tagsOfImport(target, row.submittedAt, operation.id), key)
  const publicKeySha256 = digests?.spkiSha256 ?? null
  const outcome = compareKeys(expected, publicKeySha256)
  return {
    status: outcome === 'different' ? 'substituted' : differences.length > 0 ? 'failed' : 'awaiting_review',
    receipt: {
      ...requestIds,
      kty: key.kty,
      sizeOrCurve: key.sizeOrCurve,
      keyOps: key.keyOps,
      enabled: key.attributes.enabled,
      hsmPlatform: key.attributes.hsmPlatform,
      recoveryLevel: key.attributes.recoveryLevel,
      differences,
      comparison: { expected, outcome },
      foundLater: actor === null,
    },
    digests,
    frozen: freeze(buildFrozenRequest({ row, target, importer, connection, key, publicKeySha256 })),
  }
}

/** Whoever submitted it is known already when it is the caller who closes it. */
async function importerOf(
  ctx: Context,
  { importerId }: Pick<Import, 'importerId'>,
  actor: Actor | null,
): Promise<Pick<Actor, 'issuer' | 'subject'>> {
  return actor?.personId === importerId ? actor : ctx.db.person.findUniqueOrThrow({ where: { id: importerId } })
}

/** Nothing given is "not compared", never a pass; given something and nothing to compare it with is a difference. */
function compareKeys(expected: string | null, actual: string | null): ImportReceipt['comparison']['outcome'] {
  if (expected === null) return 'not compared'
  return expected === actual ? 'equal' : 'different'
}

const FAILURE_OF = { awaiting_review: null, substituted: 'substituted', failed: 'request-changed' } as const

const reviewOf = (row: Import, connection: ConnectionRow): NoticeOf<'review-waiting'> => ({
  kind: 'review-waiting',
  facts: {
    connectionId: connection.id,
    vaultName: connection.name,
    keyName: row.keyName,
    reference: row.reference,
    importId: row.id,
    enableRequestId: null,
  },
})

/** False: somebody else has recorded the outcome, and nothing of this reading stands beside it. */
async function recordArrival(ctx: Context, closing: ClosingImport, key: VaultKey, arrival: Arrival): Promise<boolean> {
  const { draftId } = closing.params
  const statements = [
    outcomeIn(ctx, closing, key, arrival),
    ...(draftId ? [deleteDraft(draftId, closing.row.importerId)] : []),
  ]
  const alarms = alarmsOf(closing, key, arrival)
  try {
    if (alarms.length === 0) await inOneFlight(ctx.db, statements)
    else
      await inTransaction(ctx.db, async (tx) => {
        for (const statement of statements) await tx.$queryRaw(statement)
        for (const alarm of alarms) await raiseAlarm(ctx, tx, alarm)
      })
    return true
  } catch (error) {
    if (isRecordedAlready(error)) return false
    throw error
  }
}

function outcomeIn(
  ctx: Context,
  { row, operation, connection, actor }: ClosingImport,
  key: VaultKey,
  arrival: Arrival,
): Prisma.Sql {
  const { status, receipt, frozen } = arrival
  const failureCode = FAILURE_OF[status]
  const outcome: OperationOutcome = {
    operationId: operation.id,
    connection,
    actor,
    status: status === 'awaiting_review' ? 'succeeded' : 'failed',
    ...(failureCode ? { code: failureCode } : {}),
    keyVersion: key.version,
    vaultRequestId: receipt.importRequestId ?? receipt.readBackRequestId,
    facts: {
      // Not the public value: a review compares blind, and the audit log is open to whoever reviews.
      kid: key.kid,
      frozenSha256: frozen.sha256,
      compared: receipt.comparison.outcome,
      differences: receipt.differences.join(', ') || null,
    },
  }
  return outcomeStatement(ctx, outcome, {
    change: updateOpen(row, key, arrival, ctx.clock()),
    ...(status === 'awaiting_review' ? { alongside: raising(ctx, [reviewOf(row, connection)]) } : {}),
  })
}

function alarmsOf(
  { row, operation, connection }: ClosingImport,
  key: VaultKey,
  { status, receipt }: Arrival,
): NewAlarm[] {
  const about = {
    connection,
    keyName: row.keyName,
    keyVersion: key.version,
    importId: row.id,
    operationId: operation.id,
    facts: { kid: key.kid },
  }
  return [
    ...(status === 'substituted' ? [{ kind: 'key-substituted' as const, ...about }] : []),
    ...(receipt.enabled ? [{ kind: 'enabled-outside' as const, ...about }] : []),
  ]
}

function updateOpen(
  row: Pick<Import, 'id'>,
  { version, kid }: VaultKey,
  { status, receipt, digests, frozen }: Arrival,
  at: Date,
): Prisma.Sql {
  const failureCode = FAILURE_OF[status]
  return Prisma.sql`
    UPDATE import SET
      status = ${status}::"ImportStatus", revision = revision + 1, arrived_at = ${at}, key_version = ${version},
      kid = ${kid}, public_key_sha256 = ${digests?.spkiSha256 ?? null}, jwk_thumbprint = ${digests?.jwkThumbprint ?? null},
      receipt = ${asJson(receipt)}::jsonb, frozen_request = ${frozen.text}, frozen_sha256 = ${frozen.sha256},
      failure_code = ${failureCode}, decided_at = coalesce(${failureCode ? at : null}::timestamptz, decided_at)
    WHERE id = ${row.id}::uuid AND status IN ('uploading', 'indeterminate') AND EXISTS (SELECT FROM finished)`
}

const deleteDraft = (id: string, ownerId: string) =>
  Prisma.sql`DELETE FROM import_draft WHERE id = ${id}::uuid AND owner_id = ${ownerId}::uuid`
