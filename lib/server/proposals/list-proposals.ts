import 'server-only'
import { cannotConfirm } from '@/lib/domain/proposals/may-decide-proposal'
import type { ProposalInbox, ProposalRow } from '@/lib/domain/proposals/views'
import type { Actor, Context } from '../context'
import type { Proposal } from '../db/generated/client'
import { namePeople } from '../people/name-people'
import { requirePermission } from '../people/require-permission'
import { importersOf } from './importers-of'
import { kindsConfirmedBy, kindsSeenBy } from './may-see'
import { readFrozen, toProposalRow } from './proposal-row'
import { readerOf } from './reader'

const DECIDED_SHOWN = 100

/** What waits, oldest first, and what was decided lately, newest first. */
export async function listProposals(ctx: Context, actor: Actor): Promise<ProposalInbox> {
  requirePermission(actor, 'proposals.read')
  const kind = { in: kindsSeenBy(actor) }
  const [waiting, decided] = await Promise.all([
    ctx.db.proposal.findMany({ where: { kind, status: 'waiting' }, orderBy: { proposedAt: 'asc' } }),
    ctx.db.proposal.findMany({
      where: { kind, status: { not: 'waiting' } },
      orderBy: { decidedAt: 'desc' },
      take: DECIDED_SHOWN,
    }),
  ])
  const people = [...waiting, ...decided].flatMap(({ proposerId, decidedById }) => [proposerId, decidedById])
  const [nameOf, reader, importers] = await Promise.all([
    namePeople(ctx.db, people),
    readerOf(ctx.db, actor),
    importersOf(ctx.db, waiting),
  ])
  const reading = { reader, now: ctx.clock(), nameOf, importers }
  const rows = (proposals: Proposal[]) => proposals.flatMap((row) => rowOf(row, reading))
  return { waiting: rows(waiting), decided: rows(decided) }
}

function rowOf(row: Proposal, reading: Parameters<typeof toProposalRow>[2]): ProposalRow[] {
  const frozen = readFrozen(row)
  return frozen ? [toProposalRow(row, frozen, reading)] : []
}

/** How many wait for this very person to decide. */
export async function countProposals(ctx: Context, actor: Actor): Promise<number> {
  const kinds = kindsConfirmedBy(actor)
  if (kinds.length === 0) return 0
  const now = ctx.clock()
  const waiting = await ctx.db.proposal.findMany({
    where: { status: 'waiting', kind: { in: kinds }, expiresAt: { gt: now } },
    select: { kind: true, status: true, proposerId: true, subjectId: true, proposedAt: true, expiresAt: true },
  })
  if (waiting.length === 0) return 0
  const [reader, importers] = await Promise.all([readerOf(ctx.db, actor), importersOf(ctx.db, waiting)])
  const facts = waiting.map((row) => ({ ...row, importerIds: importers(row.subjectId) }))
  return facts.filter((proposal) => cannotConfirm(reader, proposal, now) === undefined).length
}
