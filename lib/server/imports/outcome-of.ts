import 'server-only'
import type { SubmitImportOutput } from '@/lib/domain/imports/views'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Context, ServiceError } from '../context'

/** A substituted or differing key is an outcome to look at, not an error to mend; so is one that is not known yet. */
export async function outcomeOf(
  ctx: Pick<Context, 'db'>,
  importId: string,
): Promise<Result<SubmitImportOutput, ServiceError>> {
  const { reference, status, failureCode } = await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
  if (status === 'failed' && failureCode === 'nothing-reached-the-vault') return err({ code: failureCode })
  return ok({ importId, reference, status })
}
