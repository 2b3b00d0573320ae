import 'server-only'
import type { FrozenProposal } from '@/lib/domain/proposals/frozen-proposal'
import type { ProposalKind } from '@/lib/domain/proposals/kinds'
import { appendEvent } from '../audit/append-event'
import type { Actor } from '../context'
import type { Transaction } from '../db/transaction'
import { rulesOf } from './registry'

interface Told<Kind extends ProposalKind> {
  actor: Actor
  at: Date
  frozen: FrozenProposal<Kind>
  frozenSha256: string
  reason: string | null
}

/** The event of a proposal's own way; what it changes is told by the kind's own event beside it. */
export async function recordProposalEvent<Kind extends ProposalKind>(
  tx: Transaction,
  type: 'proposal.made' | 'proposal.confirmed' | 'proposal.refused' | 'proposal.withdrawn',
  { actor, at, frozen, frozenSha256, reason }: Told<Kind>,
): Promise<void> {
  const kind: Kind = frozen.kind
  const { subject, connection, keyName, keyVersion } = rulesOf(kind).facts(frozen)
  await appendEvent(tx, {
    type,
    phase: 'noted',
    at,
    actor,
    ...(connection ? { connection } : {}),
    ...(keyName ? { keyName } : {}),
    ...(keyVersion ? { keyVersion } : {}),
    details: {
      proposal: kind,
      proposalId: frozen.proposalId,
      subject,
      frozenSha256,
      ...(reason === null ? {} : { reason }),
    },
  })
}
