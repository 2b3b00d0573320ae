import 'server-only'
import { sha256Hex } from '@/lib/crypto'
import { canonicalProposal, type FrozenProposal, frozenProposalSchema } from '@/lib/domain/proposals/frozen-proposal'
import type { Proposal } from '../db/generated/client'

/** The canonical text of a proposal and its SHA-256: what a confirmation covers. */
export async function freezeProposal(proposal: FrozenProposal): Promise<{ text: string; sha256: string }> {
  const text = canonicalProposal(proposal)
  return { text, sha256: await digest(text) }
}

/** The stored text, read back; null where it is not what its hash says, which the database's own rules exclude. */
export async function thawProposal(row: Pick<Proposal, 'frozenRequest' | 'frozenSha256'>) {
  if ((await digest(row.frozenRequest)) !== row.frozenSha256) return null
  return frozenProposalSchema.parse(JSON.parse(row.frozenRequest))
}

function digest(text: string): Promise<string> {
  return sha256Hex(new TextEncoder().encode(text))
}
