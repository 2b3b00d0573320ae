import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { readPolicy } from '../proposals/kinds/change-approval-policy'
import { propose } from '../proposals/propose'

export interface ProposePolicyInput {
  connectionId: string
  /** 1 to 5. */
  approvalsRequired: number
  /** Empty: every approver. */
  approverIds: string[]
  reason: string
}

/** Another policy for a vault, for another administrator to confirm. */
export function proposeApprovalPolicy(
  ctx: Context,
  actor: Actor,
  input: ProposePolicyInput,
): Promise<Result<{ proposalId: string }, ServiceError>> {
  const { connectionId, approvalsRequired, reason } = input
  return propose(ctx, actor, {
    kind: 'change_approval_policy',
    reason,
    build: async (tx, head) => {
      const connection = await tx.connection.findFirst({ where: { id: connectionId, removedAt: null } })
      const before = await readPolicy(tx, connectionId)
      if (!connection || !before) return err({ code: 'not-found' })
      const { id, name, url } = connection
      const after = { approvalsRequired, approverIds: [...new Set(input.approverIds)].sort() }
      return ok({ ...head, kind: 'change_approval_policy', subject: { id, name, url }, before, after })
    },
  })
}
