import 'server-only'
import type { SubmitImportInput, SubmitImportOutput } from '@/lib/domain/imports/views'
import { readTransferFile } from '@/lib/domain/preflight/transfer-file'
import { err, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { permit } from '../permit'
import { checkSubmission } from './check-submission'
import { crossOver } from './cross-over'
import { NO_VAULT, readBefore } from './read-before'

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
  if (!before) return err(NO_VAULT)
  if (!before.dutiesHold) return err({ code: 'duties-not-acknowledged' })
  const checked = await checkSubmission(ctx, actor, before.connection, input, transferFile)
  return checked.ok ? crossOver(ctx, actor, before, checked.value) : checked
}
