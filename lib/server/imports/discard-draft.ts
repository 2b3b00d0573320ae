import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { recordIntent } from '../operations/record-intent'
import { permit } from '../permit'

export async function discardDraft(
  ctx: Context,
  actor: Actor,
  { draftId }: { draftId: string },
): Promise<Result<void, ServiceError>> {
  const permitted = permit(actor, 'imports.create')
  if (!permitted.ok) return permitted
  return recordIntent(ctx, async (tx) => {
    const draft = await tx.importDraft.findFirst({ where: { id: draftId, ownerId: actor.personId } })
    if (!draft) return err({ code: 'not-found' })
    await tx.importDraft.delete({ where: { id: draftId } })
    const details = { fileSha256: draft.fileSha256, kekKid: draft.kekKid }
    await appendEvent(tx, { type: 'import.draft-discarded', phase: 'noted', at: ctx.clock(), actor, details })
    return ok(undefined)
  })
}
