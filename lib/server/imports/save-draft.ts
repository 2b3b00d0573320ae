import 'server-only'
import type { DraftView } from '@/lib/domain/imports/views'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import type { Prisma } from '../db/generated/client'
import { recordIntent } from '../operations/record-intent'
import { permit } from '../permit'

/** Room for every answer of the form and a release policy; none for a file. */
const ANSWERS_LIMIT = 64 * 1024

export type SaveDraftInput = Omit<DraftView, 'updatedAt' | 'id'> & { id: string | null }

/** Keeps a wizard's answers and the file's digest; the file itself is asked for again. */
export async function saveDraft(
  ctx: Context,
  actor: Actor,
  input: SaveDraftInput,
): Promise<Result<{ draftId: string }, ServiceError>> {
  const permitted = permit(actor, 'imports.create')
  if (!permitted.ok) return permitted
  const text = JSON.stringify(input.answers)
  if (text.length > ANSWERS_LIMIT) return err({ code: 'invalid-input', message: 'The answers are too long to keep.' })
  const { connectionId, kekKid, fileName, fileSha256, fileLength } = input
  const answers = JSON.parse(text) as Prisma.InputJsonObject // just written from an object
  const at = ctx.clock()
  const data = { connectionId, kekKid, fileName, fileSha256, fileLength, answers, updatedAt: at }
  const draftId = input.id ?? ctx.newId()
  return recordIntent(ctx, async (tx) => {
    if (input.id === null) {
      await tx.importDraft.create({ data: { id: draftId, ownerId: actor.personId, createdAt: at, ...data } })
      return ok({ draftId })
    }
    const { count } = await tx.importDraft.updateMany({ where: { id: input.id, ownerId: actor.personId }, data })
    return count === 1 ? ok({ draftId }) : err({ code: 'not-found', message: 'This draft is gone. Save it anew.' })
  })
}
