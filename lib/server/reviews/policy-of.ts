import 'server-only'
import type { ApprovalPolicy } from '@/lib/domain/reviews/approval-policy'
import type { Connection } from '../db/generated/client'

/** The approval policy of a vault, as its row holds it. */
export function policyOf(connection: Pick<Connection, 'approvalsRequired' | 'approverIds'>): ApprovalPolicy {
  return { required: connection.approvalsRequired, approverIds: connection.approverIds }
}
