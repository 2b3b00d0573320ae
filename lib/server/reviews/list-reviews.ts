import 'server-only'
import { cannotDecide } from '@/lib/domain/reviews/may-decide'
import type { ReviewInbox, ReviewRow } from '@/lib/domain/reviews/views'
import type { Actor, Context } from '../context'
import type { Prisma } from '../db/generated/client'
import { namePeople } from '../people/name-people'
import { requirePermission } from '../people/require-permission'
import { enableReference } from './enable-reference'

const OPEN_IMPORT = ['awaiting_review', 'enabling', 'rejecting'] as const
const DECIDED_IMPORT = ['enabled', 'rejected', 'substituted'] as const
const OPEN_ENABLE = ['awaiting_review', 'enabling'] as const
const DECIDED_SHOWN = 50

const VAULT = { connection: { select: { name: true, environment: true } } } as const
type ImportRow = Prisma.ImportGetPayload<{ include: typeof VAULT }>
type EnableRow = Prisma.EnableRequestGetPayload<{ include: typeof VAULT }>

/** The inbox: everything that waits, oldest first, and what was decided last. */
export async function listReviews(ctx: Context, actor: Actor): Promise<ReviewInbox> {
  requirePermission(actor, 'reviews.read')
  const [openImports, openEnables, pastImports, pastEnables] = await Promise.all([
    ctx.db.import.findMany({ where: { status: { in: [...OPEN_IMPORT] } }, include: VAULT }),
    ctx.db.enableRequest.findMany({ where: { status: { in: [...OPEN_ENABLE] } }, include: VAULT }),
    ctx.db.import.findMany({
      where: { OR: [{ status: { in: [...DECIDED_IMPORT] } }, { status: 'failed', approvals: { some: {} } }] },
      include: VAULT,
      orderBy: { decidedAt: 'desc' },
      take: DECIDED_SHOWN,
    }),
    ctx.db.enableRequest.findMany({
      where: { status: { notIn: [...OPEN_ENABLE] } },
      include: VAULT,
      orderBy: { decidedAt: 'desc' },
      take: DECIDED_SHOWN,
    }),
  ])
  const nameOf = await namePeople(ctx.db, [
    ...[...openImports, ...pastImports].map((row) => row.importerId),
    ...[...openEnables, ...pastEnables].map((row) => row.requesterId),
  ])
  const rows = (imports: ImportRow[], enables: EnableRow[]) => [
    ...imports.map((row) => importRow(row, actor, nameOf)),
    ...enables.map((row) => enableRow(row, actor, nameOf)),
  ]
  return {
    waiting: rows(openImports, openEnables).sort((a, b) => a.askedAt.localeCompare(b.askedAt)),
    decided: rows(pastImports, pastEnables)
      .sort((a, b) => b.askedAt.localeCompare(a.askedAt))
      .slice(0, DECIDED_SHOWN),
  }
}

function importRow(row: ImportRow, actor: Actor, nameOf: (id: string) => string): ReviewRow {
  const facts = { importerId: row.importerId, requesterId: null, waiting: row.status === 'awaiting_review' }
  return {
    kind: 'import',
    id: row.id,
    reference: row.reference,
    keyName: row.keyName,
    vaultName: row.connection.name,
    environment: row.connection.environment,
    askedByName: nameOf(row.importerId),
    askedAt: row.submittedAt.toISOString(),
    status: row.status,
    cannotDecide: cannotDecide({ id: actor.personId, roles: actor.roles }, facts) ?? null,
  }
}

function enableRow(row: EnableRow, actor: Actor, nameOf: (id: string) => string): ReviewRow {
  const facts = {
    importerId: row.importerId,
    requesterId: row.requesterId,
    waiting: row.status === 'awaiting_review',
  }
  return {
    kind: 'enable',
    id: row.id,
    reference: enableReference(row.id),
    keyName: row.keyName,
    vaultName: row.connection.name,
    environment: row.connection.environment,
    askedByName: nameOf(row.requesterId),
    askedAt: row.requestedAt.toISOString(),
    status: row.status,
    cannotDecide: cannotDecide({ id: actor.personId, roles: actor.roles }, facts) ?? null,
  }
}
