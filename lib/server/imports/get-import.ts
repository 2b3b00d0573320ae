import 'server-only'
import { z } from 'zod'
import type { ImportView } from '@/lib/domain/imports/views'
import type { Actor, Context } from '../context'
import type { Connection, Import } from '../db/generated/client'
import { listDeciders } from '../people/list-deciders'
import { requirePermission } from '../people/require-permission'
import { policyOf } from '../reviews/policy-of'
import { toImportView } from './to-import-view'

export async function getImport(ctx: Context, actor: Actor, id: string): Promise<ImportView | null> {
  requirePermission(actor, 'imports.read')
  if (!z.uuid().safeParse(id).success) return null
  const row = await ctx.db.import.findUnique({ where: { id }, include: { connection: true } })
  if (!row) return null
  const [importer, deciders] = await Promise.all([
    ctx.db.person.findUniqueOrThrow({ where: { id: row.importerId } }),
    row.status === 'awaiting_review' ? decidersOf(ctx, row) : [],
  ])
  return toImportView({ row, connection: row.connection, importer }, deciders)
}

function decidersOf(ctx: Context, row: Import & { connection: Connection }): Promise<string[]> {
  return listDeciders(ctx.db, [row.importerId], { policy: policyOf(row.connection), askedAt: row.submittedAt })
}
