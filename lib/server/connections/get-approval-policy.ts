import 'server-only'
import type { PolicyView } from '@/lib/domain/connections/policy-view'
import { checkPolicy, isNamedApprover } from '@/lib/domain/reviews/approval-policy'
import type { Actor, Context } from '../context'
import { requirePermission } from '../people/require-permission'
import { policyOf } from '../reviews/policy-of'
import { readPolicyPeople } from './policy-people'

/** The policy in force for a vault, who can meet it, and the proposal that waits to change it. */
export async function getApprovalPolicy(ctx: Context, actor: Actor, connectionId: string): Promise<PolicyView | null> {
  requirePermission(actor, 'connections.read')
  const [connection, people, waiting] = await Promise.all([
    ctx.db.connection.findFirst({ where: { id: connectionId, removedAt: null } }),
    readPolicyPeople(ctx.db),
    ctx.db.proposal.findFirst({
      where: {
        kind: 'change_approval_policy',
        subjectId: connectionId,
        status: 'waiting',
        expiresAt: { gt: ctx.clock() },
      },
      select: { id: true },
    }),
  ])
  if (!connection) return null
  const policy = policyOf(connection)
  const finding = checkPolicy(policy, people)
  return {
    required: policy.required,
    named: policy.approverIds.length > 0,
    approvers: people
      .filter((person) => person.isApprover && isNamedApprover(policy, person.id))
      .map(({ name }) => name),
    problem: finding.verdict === 'fits' ? null : finding.because,
    waitingProposalId: waiting?.id ?? null,
    approverIds: [...policy.approverIds],
    people,
  }
}
