import 'server-only'
import type { ImportTarget } from '@/lib/domain/imports/target'
import type { SubmitImportInput, SubmitImportOutput } from '@/lib/domain/imports/views'
import { EC_CURVES } from '@/lib/domain/keys/key-type'
import { readTransferFile } from '@/lib/domain/preflight/transfer-file'
import { err, ok, type Result } from '@/lib/domain/result'
import { type ImportBlobInput, ProviderError } from '@/lib/providers/port'
import type { Actor, Context, ServiceError } from '../context'
import type { ImportStatus } from '../db/generated/client'
import { permit } from '../permit'
import { problemOf } from '../providers/provider-problem'
import { beginImport } from './begin-import'
import { checkSubmission } from './check-submission'
import type { ClosingImport } from './closing-import'
import { completeImport } from './complete-import'
import { failImport } from './fail-import'
import { tagsOfImport } from './import-tags'
import { readBefore } from './read-before'
import { settleImport } from './settle-import'

/**
 * A transfer blob crosses, once: checked afresh, intended, sent disabled, read back, frozen for review.
 * The blob lives in this call alone; no job could send it again.
 */
export async function submitImport(
  ctx: Context,
  actor: Actor,
  input: SubmitImportInput,
): Promise<Result<SubmitImportOutput, ServiceError>> {
  const permitted = permit(actor, 'imports.create')
  if (!permitted.ok) return permitted
  const [before, transferFile] = await Promise.all([
    readBefore(ctx, actor, { connectionId: input.connectionId, name: input.target.name }),
    readTransferFile(input.file),
  ])
  if (!before) return err({ code: 'not-found', message: 'There is no such vault, or no longer.' })
  if (!before.dutiesHold) return err({ code: 'duties-not-acknowledged' })
  const { connection, madeBefore } = before
  const checked = await checkSubmission(ctx, actor, connection, input, transferFile)
  if (!checked.ok) return checked
  const begun = await beginImport(ctx, actor, connection, { input, checked: checked.value, madeBefore })
  if (!begun.ok) return begun
  const { target, file } = checked.value
  return send(ctx, { ...begun.value, connection, actor }, target, file.parsed.normalisedBytes)
}

async function send(
  ctx: Context,
  closing: ClosingImport,
  target: ImportTarget,
  blob: Uint8Array,
): Promise<Result<SubmitImportOutput, ServiceError>> {
  const { row, operation, connection } = closing
  let arrived: { version: string; requestId: string | null } | undefined
  try {
    const tags = tagsOfImport(target, row.submittedAt, operation.id)
    const { value, requestId } = await ctx.provider(connection).importTransferBlob(blobInput(target, blob, tags))
    arrived = { version: value.version, requestId }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    if (error.certainty !== 'unknown') return refuse(ctx, closing, error)
  }
  const status = arrived ? await completeOrLeave(ctx, closing, arrived) : await settle(ctx, closing)
  return status ? ok({ importId: row.id, reference: row.reference, status }) : outcomeOf(ctx, row.id)
}

function blobInput(target: ImportTarget, blob: Uint8Array, tags: Record<string, string>): ImportBlobInput {
  const curve = EC_CURVES.find((known) => known === target.sizeOrCurve)
  return {
    name: target.name,
    kty: target.kty,
    ...(curve ? { curve } : {}),
    blob,
    keyOps: target.keyOps,
    enabled: false,
    notBefore: target.notBefore ? new Date(target.notBefore) : null,
    expiresAt: target.expiresAt ? new Date(target.expiresAt) : null,
    exportable: target.exportable,
    releasePolicy: target.releasePolicy,
    tags,
  }
}

async function settle(ctx: Context, closing: ClosingImport): Promise<null> {
  await settleImport(ctx, closing)
  return null
}

/**
 * It is in the vault; if it can't be read back now, the reconciler does it, and the import says that it is not known.
 * Answers the status that was written here; null: the record is to be asked.
 */
async function completeOrLeave(
  ctx: Context,
  closing: ClosingImport,
  { version, requestId }: { version: string; requestId: string | null },
): Promise<ImportStatus | null> {
  try {
    return await completeImport(ctx, closing, version, requestId)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return settle(ctx, closing)
  }
}

const NOT_UNWRAPPED =
  'The vault could not take this blob, and made nothing. What can’t be known before: it was wrapped for another KEK, the ' +
  'tool did not use RSA-OAEP with SHA-1, its wrapped part is damaged, or it is not a key of this type. Export it again.'

async function refuse(
  ctx: Context,
  closing: ClosingImport,
  error: ProviderError,
): Promise<Result<never, ServiceError>> {
  const code = problemOf(error, 'write')
  await failImport(ctx, closing, code, error.facts.requestId)
  return err(error.code === 'bad-request' ? { code, message: NOT_UNWRAPPED } : { code })
}

/** A substituted or differing key is an outcome to look at, not an error to mend; so is one that is not known yet. */
export async function outcomeOf(
  ctx: Pick<Context, 'db'>,
  importId: string,
): Promise<Result<SubmitImportOutput, ServiceError>> {
  const { reference, status, failureCode } = await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
  if (status === 'failed' && failureCode === 'nothing-reached-the-vault') return err({ code: failureCode })
  return ok({ importId, reference, status })
}
