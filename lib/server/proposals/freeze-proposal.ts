import 'server-only'
import { canonicalProposal, type FrozenProposal, frozenProposalSchema } from '@/lib/domain/proposals/frozen-proposal'
import type { Proposal } from '../db/generated/client'
import { sha256Hex } from '../digest'

/** The canonical text of a proposal and its SHA-256: what a confirmation covers. */
export function freezeProposal(proposal: FrozenProposal): { text: string; sha256: string } {
  const text = canonicalProposal(proposal)
  return { text, sha256: sha256Hex(text) }
}

/** The stored text, read back; null where it is not what its hash says, which the database's own rules exclude. */
export function thawProposal(row: Pick<Proposal, 'frozenRequest' | 'frozenSha256'>) {
  if (sha256Hex(row.frozenRequest) !== row.frozenSha256) return null
  return frozenProposalSchema.parse(JSON.parse(row.frozenRequest))
}
