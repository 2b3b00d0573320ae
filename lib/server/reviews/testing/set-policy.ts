import { proposeApprovalPolicy } from '../../connections/propose-approval-policy'
import type { Actor, ConnectionRow, Context } from '../../context'
import { confirm, idOf } from '../../proposals/testing/confirm'

/** Another approval policy for a vault, as two administrators make it. */
export async function setPolicy(
  { ctx, actors }: { ctx: Context; actors: Record<'administrator' | 'administrator2', Actor> },
  connection: ConnectionRow,
  approvalsRequired: number,
  approverIds: string[] = [],
): Promise<void> {
  const wish = { connectionId: connection.id, approvalsRequired, approverIds, reason: 'For a test' }
  const proposalId = idOf(await proposeApprovalPolicy(ctx, actors.administrator, wish))
  const confirmed = await confirm(ctx, actors.administrator2, proposalId)
  if (!confirmed.ok) throw new Error(`not confirmed: ${confirmed.error.code} ${confirmed.error.message ?? ''}`)
}
