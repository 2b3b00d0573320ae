import 'server-only'
import { countingApprovals } from '@/lib/domain/reviews/approval-policy'
import { cannotDecide, type Decider, type ReviewFacts } from '@/lib/domain/reviews/may-decide'
import type { ReviewInbox, ReviewRow } from '@/lib/domain/reviews/views'
import type { Actor, Context } from '../context'
import type { Prisma } from '../db/generated/client'
import { namePeople } from '../people/name-people'
import { requirePermission } from '../people/require-permission'
import { enableReference } from './enable-reference'
import { findDecider } from './find-decider'
import { reviewFactsOf } from './load-enable-request'
import { importReviewFacts } from './load-import'
import { policyOf } from './policy-of'
import { officersNow } from './standing-approvals'

const OPEN_IMPORT = ['awaiting_review', 'enabling', 'rejecting'] as const
const DECIDED_IMPORT = ['enabled', 'rejected', 'substituted'] as const
const OPEN_ENABLE = ['awaiting_review', 'enabling'] as const
const DECIDED_SHOWN = 50

const PARTS = {
  connection: { select: { name: true, environment: true, approvalsRequired: true, approverIds: true } },
  approvals: { where: { voidedAt: null } },
} as const
type ImportRow = Prisma.ImportGetPayload<{ include: typeof PARTS }>
type EnableRow = Prisma.EnableRequestGetPayload<{ include: typeof PARTS }>

/** The inbox: everything that waits, oldest first, and what was decided last. */
export async function listReviews(ctx: Context, actor: Actor): Promise<ReviewInbox> {
  requirePermission(actor, 'reviews.read')
  const [openImports, openEnables, pastImports, pastEnables, decider] = await Promise.all([
    ctx.db.import.findMany({ where: { status: { in: [...OPEN_IMPORT] } }, include: PARTS }),
    ctx.db.enableRequest.findMany({ where: { status: { in: [...OPEN_ENABLE] } }, include: PARTS }),
    ctx.db.import.findMany({
      where: { OR: [{ status: { in: [...DECIDED_IMPORT] } }, { status: 'failed', approvals: { some: {} } }] },
      include: PARTS,
      orderBy: { decidedAt: 'desc' },
      take: DECIDED_SHOWN,
    }),
    ctx.db.enableRequest.findMany({
      where: { status: { notIn: [...OPEN_ENABLE] } },
      include: PARTS,
      orderBy: { decidedAt: 'desc' },
      take: DECIDED_SHOWN,
    }),
    findDecider(ctx.db, actor.personId),
  ])
  const open = [...openImports, ...openEnables]
  const [nameOf, officer] = await Promise.all([
    namePeople(ctx.db, [
      ...[...openImports, ...pastImports].map((row) => row.importerId),
      ...[...openEnables, ...pastEnables].map((row) => row.requesterId),
    ]),
    officersNow(
      ctx.db,
      open.flatMap(({ approvals }) => approvals.map(({ approverId }) => approverId)),
    ),
  ])
  const reader: Reader = { decider, nameOf, officer, now: ctx.clock() }
  const rows = (imports: ImportRow[], enables: EnableRow[]) => [
    ...imports.map((row) => importRow(row, reader)),
    ...enables.map((row) => enableRow(row, reader)),
  ]
  return {
    waiting: rows(openImports, openEnables).sort((a, b) => a.askedAt.localeCompare(b.askedAt)),
    decided: rows(pastImports, pastEnables)
      .sort((a, b) => b.askedAt.localeCompare(a.askedAt))
      .slice(0, DECIDED_SHOWN),
  }
}

/** Who reads the inbox, and what is known of everybody who is named in it. */
interface Reader {
  decider: Decider | null
  nameOf: (id: string) => string
  officer: Awaited<ReturnType<typeof officersNow>>
  now: Date
}

function importRow(row: ImportRow, reader: Reader): ReviewRow {
  return {
    kind: 'import',
    reference: row.reference,
    askedByName: reader.nameOf(row.importerId),
    ...commonOf(row, importReviewFacts(row, policyOf(row.connection)), reader),
  }
}

function enableRow(row: EnableRow, reader: Reader): ReviewRow {
  return {
    kind: 'enable',
    reference: enableReference(row.id),
    askedByName: reader.nameOf(row.requesterId),
    ...commonOf(row, reviewFactsOf(row, policyOf(row.connection)), reader),
  }
}

function commonOf(
  row: ImportRow | EnableRow,
  facts: ReviewFacts,
  { decider, officer, now }: Reader,
): Omit<ReviewRow, 'kind' | 'reference' | 'askedByName'> {
  const { frozenSha256, approvals } = row
  const request = { ...facts, frozenSha256, ownIds: [facts.importerId, facts.requesterId] }
  const counted = facts.waiting ? countingApprovals(approvals, request, officer, now) : []
  return {
    id: row.id,
    keyName: row.keyName,
    vaultName: row.connection.name,
    environment: row.connection.environment,
    askedAt: facts.askedAt.toISOString(),
    status: row.status,
    cannotDecide: decider ? (cannotDecide(decider, facts) ?? null) : 'role-missing',
    approvals: facts.waiting
      ? {
          given: counted.length,
          required: facts.policy.required,
          mine: counted.some(({ approverId }) => approverId === decider?.id),
        }
      : null,
  }
}
