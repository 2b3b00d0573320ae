import 'server-only'
import { countingApprovals } from '@/lib/domain/reviews/approval-policy'
import { cannotDecide, type Decider, type ReviewFacts } from '@/lib/domain/reviews/may-decide'
import type { ReviewInbox, ReviewRow } from '@/lib/domain/reviews/views'
import type { Actor, Context } from '../context'
import type { Prisma } from '../db/generated/client'
import { namePeople } from '../people/name-people'
import { requirePermission } from '../people/require-permission'
import { requestReference } from './enable-reference'
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

interface Reviews {
  imports: ImportRow[]
  enables: EnableRow[]
}

/** The inbox: everything that waits, oldest first, and what was decided last. */
export async function listReviews(ctx: Context, actor: Actor): Promise<ReviewInbox> {
  requirePermission(actor, 'reviews.read')
  const [open, past] = await Promise.all([selectOpen(ctx), selectDecided(ctx)])
  const rows = await readAs(ctx, actor, [open, past])
  return { waiting: oldestFirst(rows(open)), decided: oldestFirst(rows(past)).reverse().slice(0, DECIDED_SHOWN) }
}

/** What waits alone, oldest first. */
export async function listWaitingReviews(ctx: Context, actor: Actor): Promise<ReviewRow[]> {
  requirePermission(actor, 'reviews.read')
  const open = await selectOpen(ctx)
  if (open.imports.length + open.enables.length === 0) return []
  return oldestFirst((await readAs(ctx, actor, [open]))(open))
}

const oldestFirst = (rows: ReviewRow[]) => rows.sort((a, b) => a.askedAt.localeCompare(b.askedAt))

async function selectOpen({ db }: Context): Promise<Reviews> {
  const [imports, enables] = await Promise.all([
    db.import.findMany({ where: { status: { in: [...OPEN_IMPORT] } }, include: PARTS }),
    db.enableRequest.findMany({ where: { status: { in: [...OPEN_ENABLE] } }, include: PARTS }),
  ])
  return { imports, enables }
}

async function selectDecided({ db }: Context): Promise<Reviews> {
  const latest = { include: PARTS, orderBy: { decidedAt: 'desc' }, take: DECIDED_SHOWN } as const
  const [imports, enables] = await Promise.all([
    db.import.findMany({
      where: { OR: [{ status: { in: [...DECIDED_IMPORT] } }, { status: 'failed', approvals: { some: {} } }] },
      ...latest,
    }),
    db.enableRequest.findMany({ where: { status: { notIn: [...OPEN_ENABLE] } }, ...latest }),
  ])
  return { imports, enables }
}

/** Rows in the words of somebody who reads them, with everybody's name. */
async function readAs(ctx: Context, actor: Actor, all: readonly Reviews[]): Promise<(some: Reviews) => ReviewRow[]> {
  const [imports, enables] = [all.flatMap((some) => some.imports), all.flatMap((some) => some.enables)]
  const approvers = [...imports, ...enables].flatMap((row) =>
    isOpen(row) ? row.approvals.map(({ approverId }) => approverId) : [],
  )
  const [decider, nameOf, officer] = await Promise.all([
    findDecider(ctx.db, actor.personId),
    namePeople(ctx.db, [...imports.map((row) => row.importerId), ...enables.map((row) => row.requesterId)]),
    officersNow(ctx.db, approvers),
  ])
  const reader: Reader = { decider, nameOf, officer, now: ctx.clock() }
  return (some) => [
    ...some.imports.map((row) => importRow(row, reader)),
    ...some.enables.map((row) => enableRow(row, reader)),
  ]
}

const STILL_OPEN: readonly string[] = [...OPEN_IMPORT, ...OPEN_ENABLE]
const isOpen = ({ status }: ImportRow | EnableRow) => STILL_OPEN.includes(status)

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
    kind: row.act === 'enable' ? 'enable' : 'policy',
    reference: requestReference(row),
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
