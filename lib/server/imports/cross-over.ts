import 'server-only'
import type { SubmitImportOutput } from '@/lib/domain/imports/views'
import { err, ok, type Result } from '@/lib/domain/result'
import { ProviderError } from '@/lib/providers/port'
import type { Actor, Context, ServiceError } from '../context'
import type { ImportStatus } from '../db/generated/client'
import { problemOf } from '../providers/provider-problem'
import { beginImport } from './begin-import'
import type { CheckedSubmission } from './checked-submission'
import type { ClosingImport } from './closing-import'
import { completeImport } from './complete-import'
import { failImport } from './fail-import'
import { outcomeOf } from './outcome-of'
import type { Before } from './read-before'
import { sendKey } from './send-key'
import { settleImport } from './settle-import'

/** From a checked submission to its answer, whichever way the key goes: intent, one call, read-back, outcome. */
export async function crossOver(
  ctx: Context,
  actor: Actor,
  { connection, madeBefore }: Before,
  checked: CheckedSubmission,
): Promise<Result<SubmitImportOutput, ServiceError>> {
  const begun = await beginImport(ctx, actor, connection, { checked, madeBefore })
  if (!begun.ok) return begun
  return send(ctx, { ...begun.value, connection, target: checked.target, actor }, checked)
}

async function send(
  ctx: Context,
  closing: ClosingImport,
  checked: CheckedSubmission,
): Promise<Result<SubmitImportOutput, ServiceError>> {
  const { row } = closing
  let arrived: { version: string; requestId: string | null } | undefined
  try {
    const { value, requestId } = await sendKey(ctx, closing, checked)
    arrived = { version: value.version, requestId }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    if (error.certainty !== 'unknown') return refuse(ctx, closing, error, checked.what.way)
  }
  const status = arrived ? await completeOrLeave(ctx, closing, arrived) : await settle(ctx, closing)
  return status ? ok({ importId: row.id, reference: row.reference, status }) : outcomeOf(ctx, row.id)
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

/** What a vault's "bad request" means by each way: it made nothing. */
const NOT_TAKEN = {
  blob:
    'The vault could not take this blob, and made nothing. What can’t be known before: it was wrapped for another KEK, the ' +
    'tool did not use RSA-OAEP with SHA-1, its wrapped part is damaged, or it is not a key of this type. Export it again.',
  jwk:
    'The vault did not take this key, and made nothing. What can’t be known before: its tier does not hold such keys, or ' +
    'the key’s private half does not fit its public half. Check the vault’s tier and the key file.',
} as const satisfies Record<CheckedSubmission['what']['way'], string>

async function refuse(
  ctx: Context,
  closing: ClosingImport,
  error: ProviderError,
  way: keyof typeof NOT_TAKEN,
): Promise<Result<never, ServiceError>> {
  const code = problemOf(error, 'write')
  await failImport(ctx, closing, code, error.facts.requestId)
  return err(error.code === 'bad-request' ? { code, message: NOT_TAKEN[way] } : { code })
}
