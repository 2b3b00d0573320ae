import 'server-only'
import { hasPermission } from '@/lib/domain/people/permissions'
import { PROPOSAL_KINDS, PROPOSAL_PERMISSIONS, type ProposalKind } from '@/lib/domain/proposals/kinds'
import type { Actor } from '../context'

/** Kinds whose proposals somebody may read: all for those who look after people or read the record, else one's own part. */
export function kindsSeenBy({ roles }: Pick<Actor, 'roles'>): ProposalKind[] {
  if (hasPermission(roles, 'people.read')) return [...PROPOSAL_KINDS]
  return PROPOSAL_KINDS.filter((kind) => {
    const { propose, confirm } = PROPOSAL_PERMISSIONS[kind]
    return hasPermission(roles, propose) || hasPermission(roles, confirm)
  })
}

export function kindsConfirmedBy({ roles }: Pick<Actor, 'roles'>): ProposalKind[] {
  return PROPOSAL_KINDS.filter((kind) => hasPermission(roles, PROPOSAL_PERMISSIONS[kind].confirm))
}
