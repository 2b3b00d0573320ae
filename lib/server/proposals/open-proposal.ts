import 'server-only'
import type { FrozenProposal } from '@/lib/domain/proposals/frozen-proposal'
import { isLapsed } from '@/lib/domain/proposals/may-decide-proposal'
import { err, ok, type Result } from '@/lib/domain/result'
import type { ServiceError } from '../context'
import type { Proposal } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import { thawProposal } from './freeze-proposal'

/** The proposal as the person who decides has seen it. */
export interface SeenProposal {
  proposalId: string
  revision: number
  frozenSha256: string
}

export interface OpenProposal {
  row: Proposal
  frozen: FrozenProposal
}

/** A proposal that still waits, just as it was seen; lapsed ones are open too, for whoever refuses them. */
export async function openProposal(tx: Transaction, seen: SeenProposal): Promise<Result<OpenProposal, ServiceError>> {
  const row = await tx.proposal.findUnique({ where: { id: seen.proposalId } })
  if (!row) return err({ code: 'not-found' })
  if (row.status !== 'waiting') return err({ code: 'not-waiting', message: 'This proposal has been decided already.' })
  const frozen = await thawProposal(row)
  if (!frozen || row.revision !== seen.revision || row.frozenSha256 !== seen.frozenSha256) {
    return err({ code: 'proposal-changed', message: 'This is not the proposal that you saw. Reload and look again.' })
  }
  return ok({ row, frozen })
}

export function refuseLapsed(row: Proposal, now: Date): Result<void, ServiceError> {
  return isLapsed(row, now) ? err({ code: 'proposal-lapsed' }) : ok(undefined)
}

/** The end of a proposal, conditional on all that was seen; zero rows: somebody was faster. */
export async function endProposal(
  tx: Transaction,
  row: Proposal,
  end: { status: 'confirmed' | 'refused' | 'withdrawn'; by: string; at: Date; reason: string | null },
): Promise<Result<void, ServiceError>> {
  const { id, revision, frozenSha256 } = row
  const { count } = await tx.proposal.updateMany({
    where: { id, status: 'waiting', revision, frozenSha256 },
    data: {
      status: end.status,
      revision: { increment: 1 },
      decidedById: end.by,
      decidedAt: end.at,
      decisionReason: end.reason,
    },
  })
  return count === 1 ? ok(undefined) : err({ code: 'conflict' })
}
