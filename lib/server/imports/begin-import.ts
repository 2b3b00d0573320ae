import 'server-only'
import { ok, type Result } from '@/lib/domain/result'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import { type Import, type Operation, Prisma } from '../db/generated/client'
import { asJson, insertInto } from '../db/statements'
import { intentStatement } from '../operations/begin-operation'
import { recordIntentBySql } from '../operations/record-intent'
import { madeNoMore } from '../operations/versions-made'
import type { CheckedSubmission } from './checked-submission'
import type { ImportParams } from './import-params'
import { newImportReference } from './import-reference'

export interface BegunImport {
  row: Import
  operation: Operation
  params: ImportParams
}

/** Transaction 1: the import as `uploading`, its intent and its event, all or none. Never what is sent. */
export async function beginImport(
  ctx: Context,
  actor: Actor,
  connection: ConnectionRow,
  { checked, madeBefore }: { checked: CheckedSubmission; madeBefore: number },
): Promise<Result<BegunImport, ServiceError>> {
  const [importId, operationId] = [ctx.newId(), ctx.newId()]
  const row = rowOf(ctx, actor, connection, { id: importId, checked })
  const params = paramsOf(checked)
  const { row: operation, statement } = intentStatement(ctx, {
    id: operationId,
    kind: 'import_key',
    connection,
    keyName: row.keyName,
    actor,
    calls: 2, // the import, and disabling at once should it have arrived enabled
    importId,
    ...(row.kekId ? { kekId: row.kekId } : {}),
    facts: { ...params },
    with: insertRow(row, madeBefore),
  })
  const recorded = await recordIntentBySql(ctx, [statement])
  return recorded.ok ? ok({ row, operation, params }) : recorded
}

function paramsOf({ origin, what, expectedPublicKeySha256, draftId }: CheckedSubmission): ImportParams {
  const file = what.way === 'blob' ? what.file : null
  return {
    origin,
    acknowledgedServerSeesKey: what.way === 'jwk',
    kekKid: what.way === 'blob' ? what.kek.kid : null,
    fileSha256: file?.sha256 ?? null,
    sentSha256: file?.sentSha256 ?? null,
    normalised: file && file.changes.length > 0 ? file.changes.join(',') : null,
    expectedPublicKeySha256,
    draftId,
  }
}

function rowOf(
  ctx: Context,
  actor: Actor,
  connection: ConnectionRow,
  { id, checked }: { id: string; checked: CheckedSubmission },
) {
  const { target } = checked
  return {
    id,
    reference: newImportReference(),
    importerId: actor.personId,
    connectionId: connection.id,
    origin: checked.origin,
    ...whatOf(checked.what),
    keyName: target.name,
    createdName: checked.createsName,
    status: 'uploading',
    revision: 0,
    target,
    fileName: checked.fileName,
    preflight: storedRows(checked),
    submittedAt: ctx.clock(),
    ...NOTHING_ARRIVED,
  } satisfies Import
}

/** Of a key that goes over TLS nothing: any digest of what is sent would be made of the key. */
function whatOf(what: CheckedSubmission['what']) {
  const blob = what.way === 'blob' ? what : null
  return {
    kekId: blob?.kek.id ?? null,
    kekKid: blob?.kek.kid ?? null,
    kekSpkiSha256: blob?.kek.spkiSha256 ?? null,
    fileSha256: blob?.file.sha256 ?? null,
    fileLength: blob?.file.length ?? null,
    sentSha256: blob?.file.sentSha256 ?? null,
    sentLength: blob?.file.parsed.normalisedBytes.length ?? null,
    generator: blob?.file.parsed.blob.generator ?? null,
  } satisfies Partial<Import>
}

/** An import's columns that its arrival and its review fill. */
const NOTHING_ARRIVED = {
  arrivedAt: null,
  keyVersion: null,
  kid: null,
  publicKeySha256: null,
  jwkThumbprint: null,
  receipt: null,
  frozenRequest: null,
  frozenSha256: null,
  failureCode: null,
  decidedAt: null,
  checkWindowMs: null,
} satisfies Partial<Import>

function insertRow(row: Import, madeBefore: number): Prisma.Sql {
  return insertInto('import', {
    id: row.id,
    reference: row.reference,
    importer_id: row.importerId,
    connection_id: row.connectionId,
    origin: row.kekId ? whileUsable(row.kekId, row.origin) : row.origin,
    kek_id: row.kekId,
    kek_kid: row.kekKid,
    kek_spki_sha256: row.kekSpkiSha256,
    key_name: row.keyName,
    created_name: row.createdName ? stillNew(row, madeBefore) : false,
    status: row.status,
    revision: row.revision,
    target: asJson(row.target),
    file_name: row.fileName,
    file_sha256: row.fileSha256,
    file_length: row.fileLength,
    sent_sha256: row.sentSha256,
    sent_length: row.sentLength,
    generator: row.generator,
    preflight: asJson(row.preflight),
    submitted_at: row.submittedAt,
  })
}

/**
 * Whoever was told that the import makes a new key has not agreed to a version more of one. NULL where another act took
 * the name since the vault was asked, which the column refuses and `recordIntent` answers as `name-in-use`.
 */
function stillNew({ connectionId, keyName }: Import, madeBefore: number): Prisma.Sql {
  return madeNoMore({ connectionId, name: keyName }, madeBefore)
}

/**
 * The origin only while the KEK is in use: retiring asks for open imports in its own transaction, so one of the two sees the
 * other. Otherwise NULL, which the column refuses and `recordIntent` answers as `conflict`.
 */
function whileUsable(kekId: string, origin: string): Prisma.Sql {
  return Prisma.sql`(SELECT ${origin}::text FROM kek WHERE id = ${kekId}::uuid AND status = 'active' AND NOT EXISTS (
    SELECT FROM operation
    WHERE kek_id = kek.id AND kind = 'retire_kek' AND status IN ('pending', 'indeterminate')))`
}

/** The rows as the officer accepted them: a warning that got here was acknowledged. */
function storedRows({ report }: CheckedSubmission) {
  return report.rows.map(({ id, group, title, verdict, fact, remedy }) => ({
    id,
    group,
    title,
    verdict,
    fact,
    ...(remedy ? { remedy } : {}),
    ...(verdict === 'warn' ? { acknowledged: true } : {}),
  }))
}
