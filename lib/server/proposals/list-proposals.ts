import 'server-only'
import type { ProposalInbox, ProposalRow } from '@/lib/domain/proposals/views'
import type { Actor, Context } from '../context'
import type { Proposal } from '../db/generated/client'
import { namePeople } from '../people/name-people'
import { accountsOf, otherAccountsOf } from '../people/other-accounts'
import { requirePermission } from '../people/require-permission'
import { importersOf } from './importers-of'
import { kindsConfirmedBy, kindsSeenBy } from './may-see'
import { readFrozen, toProposalRow } from './proposal-row'

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
  const [nameOf, otherIds, importers] = await Promise.all([
    namePeople(ctx.db, people),
    otherAccountsOf(ctx.db, [actor.personId]),
    importersOf(ctx.db, waiting),
  ])
  const reading = { actor, now: ctx.clock(), nameOf, otherIds, importers }
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
  const own = await accountsOf(ctx.db, actor.personId)
  const waiting = await ctx.db.proposal.findMany({
    where: {
      status: 'waiting',
      kind: { in: kinds },
      expiresAt: { gt: ctx.clock() },
      proposerId: { notIn: own },
      subjectId: { notIn: own },
    },
    select: { kind: true, subjectId: true },
  })
  const importers = await importersOf(ctx.db, waiting)
  return waiting.filter(({ subjectId }) => !importers(subjectId).some((id) => own.includes(id))).length
}
