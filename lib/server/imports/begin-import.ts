import 'server-only'
import type { SubmitImportInput } from '@/lib/domain/imports/views'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import type { Import, Operation } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import { beginOperation } from '../operations/begin-operation'
import { recordIntent } from '../operations/record-intent'
import type { CheckedSubmission } from './check-submission'
import type { ImportParams } from './import-params'
import { newImportReference } from './import-reference'

export interface BegunImport {
  row: Import
  operation: Operation
}

/** Transaction 1: the import as `uploading`, its intent, its event and the job that would finish it. Never the blob. */
export function beginImport(
  ctx: Context,
  actor: Actor,
  connection: ConnectionRow,
  { input, checked }: { input: SubmitImportInput; checked: CheckedSubmission },
): Promise<Result<BegunImport, ServiceError>> {
  const [importId, operationId] = [ctx.newId(), ctx.newId()]
  const { target, file, kek } = checked
  const params: ImportParams = {
    kekKid: kek.kid,
    fileSha256: file.sha256,
    sentSha256: file.sentSha256,
    normalised: file.changes.length > 0 ? file.changes.join(',') : null,
    expectedPublicKeySha256: target.kty === 'oct-HSM' ? null : input.expectedPublicKeySha256,
    draftId: input.draftId,
  }
  return recordIntent(ctx, async (tx) => {
    if (kek.id && !(await isKekUsable(tx, kek.id))) return err({ code: 'conflict', message: KEK_RETIRED })
    const row = await tx.import.create({
      data: {
        id: importId,
        reference: newImportReference(),
        importerId: actor.personId,
        connectionId: connection.id,
        kekId: kek.id,
        kekKid: kek.kid,
        kekSpkiSha256: kek.spkiSha256,
        keyName: target.name,
        createdName: checked.createsName,
        status: 'uploading',
        target,
        fileName: input.fileName,
        fileSha256: file.sha256,
        fileLength: file.length,
        sentSha256: file.sentSha256,
        sentLength: file.parsed.normalisedBytes.length,
        generator: file.parsed.blob.generator ?? null,
        preflight: storedRows(checked),
        submittedAt: ctx.clock(),
      },
    })
    const operation = await beginOperation(ctx, tx, {
      id: operationId,
      kind: 'import_key',
      connection,
      keyName: target.name,
      actor,
      calls: 2, // the import, and disabling at once should it have arrived enabled
      importId,
      ...(kek.id ? { kekId: kek.id } : {}),
      facts: { ...params },
    })
    return ok({ row, operation })
  })
}

const KEK_RETIRED = 'This KEK has just been retired, or is about to be. Wrap the key under another one.'

/** Asked in the same transaction as the import is written in: retiring asks for open imports in its own. */
async function isKekUsable(tx: Transaction, kekId: string): Promise<boolean> {
  const [kek] = await tx.$queryRaw<{ usable: boolean }[]>`
    SELECT status = 'active' AND NOT EXISTS (
      SELECT FROM operation
      WHERE kek_id = kek.id AND kind = 'retire_kek' AND status IN ('pending', 'indeterminate')
    ) AS usable
    FROM kek WHERE id = ${kekId}::uuid`
  if (!kek) throw new Error('an import under a KEK that is not on record')
  return kek.usable
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
