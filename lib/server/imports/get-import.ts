import 'server-only'
import { z } from 'zod'
import { PROBLEM_CODES, PROBLEM_WORDS } from '@/lib/domain/actions/action-result'
import { importTargetSchema } from '@/lib/domain/imports/target'
import type { ImportView } from '@/lib/domain/imports/views'
import type { Actor, Context } from '../context'
import { listDeciders } from '../people/list-deciders'
import { requirePermission } from '../people/require-permission'

export async function getImport(ctx: Context, actor: Actor, id: string): Promise<ImportView | null> {
  requirePermission(actor, 'imports.read')
  if (!z.uuid().safeParse(id).success) return null
  const row = await ctx.db.import.findUnique({ where: { id }, include: { connection: true } })
  if (!row) return null
  const [importer, deciders] = await Promise.all([
    ctx.db.person.findUniqueOrThrow({ where: { id: row.importerId } }),
    row.status === 'awaiting_review' ? listDeciders(ctx.db, [row.importerId]) : [],
  ])
  return {
    id: row.id,
    reference: row.reference,
    status: row.status,
    importerName: importer.name,
    importerId: row.importerId,
    connectionId: row.connectionId,
    vaultName: row.connection.name,
    vaultUrl: row.connection.url,
    environment: row.connection.environment,
    keyName: row.keyName,
    kid: row.kid,
    kekKid: row.kekKid,
    kekSpkiSha256: row.kekSpkiSha256,
    fileName: row.fileName,
    fileSha256: row.fileSha256,
    fileLength: row.fileLength,
    sentSha256: row.sentSha256,
    generator: row.generator,
    target: importTargetSchema.parse(row.target),
    submittedAt: row.submittedAt.toISOString(),
    arrivedAt: row.arrivedAt?.toISOString() ?? null,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    failureCode: row.failureCode,
    failureWords: failureWords(row.failureCode),
    deciders,
    createdName: row.createdName,
  }
}

function failureWords(stored: string | null): string | null {
  const code = PROBLEM_CODES.find((known) => known === stored)
  return code ? PROBLEM_WORDS[code] : null
}
