import 'server-only'
import { z } from 'zod'
import type { DraftView } from '@/lib/domain/imports/views'
import type { Actor, Context, ServiceError } from '../context'
import type { ImportDraft } from '../db/generated/client'

export const DRAFT_GONE: ServiceError = { code: 'not-found', message: 'This draft is gone.' }

/** A draft is its owner's alone. */
export async function findDraft(ctx: Pick<Context, 'db'>, actor: Actor, id: string): Promise<ImportDraft | null> {
  if (!z.uuid().safeParse(id).success) return null
  return ctx.db.importDraft.findFirst({ where: { id, ownerId: actor.personId } })
}

export function toDraftView(draft: ImportDraft): DraftView {
  const { id, connectionId, kekKid, fileName, fileSha256, fileLength, updatedAt } = draft
  const answers = z.record(z.string(), z.unknown()).parse(draft.answers)
  return { id, connectionId, kekKid, fileName, fileSha256, fileLength, answers, updatedAt: updatedAt.toISOString() }
}
