import 'server-only'
import { PROBLEM_WORDS } from '@/lib/domain/actions/action-result'
import { rolesWith } from '@/lib/domain/people/permissions'
import {
  makesInvitation,
  permissionChange,
  proposalConsequences,
  proposalFacts,
} from '@/lib/domain/proposals/describe-proposal'
import type { FrozenProposal } from '@/lib/domain/proposals/frozen-proposal'
import { PROPOSAL_PERMISSIONS, type ProposalKind } from '@/lib/domain/proposals/kinds'
import { isBarredSince } from '@/lib/domain/proposals/may-decide-proposal'
import type { ProposalDocument } from '@/lib/domain/proposals/views'
import type { Actor, Context } from '../context'
import type { Proposal } from '../db/generated/client'
import { namePeople } from '../people/name-people'
import { otherAccountsOf } from '../people/other-accounts'
import { requirePermission } from '../people/require-permission'
import { importersOf } from './importers-of'
import { kindsSeenBy } from './may-see'
import { readFrozen, toProposalRow } from './proposal-row'
import { readerOf } from './reader'
import { rulesOf } from './registry'

/** A proposal as one decides it; null for an id that is none, or not for the reader. */
export async function getProposal(ctx: Context, actor: Actor, id: string): Promise<ProposalDocument | null> {
  requirePermission(actor, 'proposals.read')
  const row = await ctx.db.proposal.findUnique({ where: { id } })
  if (!row || !kindsSeenBy(actor).includes(row.kind)) return null
  const frozen = readFrozen(row)
  if (!frozen) return null
  const [nameOf, reader, importers] = await Promise.all([
    namePeople(ctx.db, [row.proposerId, row.decidedById, ...peopleIn(frozen)]),
    readerOf(ctx.db, actor),
    importersOf(ctx.db, [row]),
  ])
  return {
    ...toProposalRow(row, frozen, { reader, now: ctx.clock(), nameOf, importers }),
    subjectId: row.subjectId,
    reason: row.reason,
    decisionReason: row.decisionReason,
    revision: row.revision,
    frozenSha256: row.frozenSha256,
    facts: proposalFacts(frozen, nameOf),
    permissions: permissionChange(frozen),
    consequences: proposalConsequences(frozen),
    blockedBecause: row.status === 'waiting' ? await blockedBecause(ctx, frozen) : null,
    own: row.proposerId === actor.personId,
    makesInvitation: makesInvitation(frozen),
    otherDeciders: await listConfirmers(ctx, row, [actor.personId, ...importers(row.subjectId)]),
  }
}

function peopleIn(frozen: FrozenProposal): string[] {
  if (frozen.kind !== 'change_approval_policy') return []
  return [...frozen.before.approverIds, ...frozen.after.approverIds]
}

/** The kind's own check, asked for the reader's sake; the confirmation asks it again in its transaction. */
async function blockedBecause<Kind extends ProposalKind>(
  ctx: Context,
  frozen: FrozenProposal<Kind>,
): Promise<string | null> {
  const kind: Kind = frozen.kind
  const checked = await rulesOf(kind).check(ctx.db, frozen, ctx.clock())
  if (checked.ok) return null
  const { code, message, fields } = checked.error
  return message ?? Object.values(fields ?? {})[0] ?? PROBLEM_WORDS[code]
}

async function listConfirmers(ctx: Context, row: Proposal, others: readonly string[]): Promise<string[]> {
  const barred = [row.proposerId, row.subjectId, ...others]
  const people = await ctx.db.person.findMany({
    where: {
      disabledAt: null,
      roles: { some: { role: { in: [...rolesWith(PROPOSAL_PERMISSIONS[row.kind].confirm)] } } },
      id: { notIn: [...barred, ...(await otherAccountsOf(ctx.db, barred))] },
    },
    select: { name: true, changedAt: true },
    orderBy: { name: 'asc' },
  })
  return people.filter((person) => !isBarredSince(person, row)).map(({ name }) => name)
}
