import 'server-only'
import { proposalTitle } from '@/lib/domain/proposals/describe-proposal'
import { type FrozenProposal, frozenProposalSchema } from '@/lib/domain/proposals/frozen-proposal'
import { type Confirmer, cannotConfirm, cannotConfirmWords, isLapsed } from '@/lib/domain/proposals/may-decide-proposal'
import type { ProposalRow } from '@/lib/domain/proposals/views'
import type { Proposal } from '../db/generated/client'

interface Reading {
  reader: Confirmer
  now: Date
  nameOf: (id: string | null) => string
  /** By `subjectId`: `importers-of.ts`. */
  importers: (subjectId: string) => readonly string[]
}

export function toProposalRow(
  row: Proposal,
  frozen: FrozenProposal,
  { reader, now, nameOf, importers }: Reading,
): ProposalRow {
  const about = { ...row, importerIds: importers(row.subjectId) }
  const because = cannotConfirm(reader, about, now)
  return {
    id: row.id,
    kind: row.kind,
    title: proposalTitle(frozen),
    status: isLapsed(row, now) ? 'lapsed' : row.status,
    proposerName: nameOf(row.proposerId),
    proposedAt: row.proposedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    decidedByName: row.decidedById ? nameOf(row.decidedById) : null,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    cannotConfirm: because ? cannotConfirmWords(because, row.kind) : null,
  }
}

/** For reading only: whoever confirms goes through `thawProposal`, which compares the hash. */
export function readFrozen(row: Pick<Proposal, 'frozenRequest'>): FrozenProposal | null {
  return frozenProposalSchema.safeParse(JSON.parse(row.frozenRequest)).data ?? null
}
