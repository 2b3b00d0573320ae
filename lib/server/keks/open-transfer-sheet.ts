import 'server-only'
import { err, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { permit } from '../permit'
import { recordKekEvent } from './record-kek-event'

/** The sheet carries the public half too, so opening it is written down like a download. */
export async function openTransferSheet(
  ctx: Context,
  actor: Actor,
  { kekId }: { kekId: string },
): Promise<Result<void, ServiceError>> {
  const permitted = permit(actor, 'keks.download')
  if (!permitted.ok) return permitted
  const kek = await ctx.db.kek.findUnique({ where: { id: kekId }, include: { connection: true } })
  return kek ? recordKekEvent(ctx, actor, kek, 'kek.transfer-sheet-opened') : err({ code: 'not-found' })
}
