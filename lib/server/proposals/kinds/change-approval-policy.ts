import 'server-only'
import { isSameState } from '@/lib/domain/proposals/frozen-proposal'
import { err, ok, type Result } from '@/lib/domain/result'
import { checkPolicy } from '@/lib/domain/reviews/approval-policy'
import { appendEvent } from '../../audit/append-event'
import { readPolicyPeople } from '../../connections/policy-people'
import type { ServiceError } from '../../context'
import type { Transaction } from '../../db/transaction'
import type { ConfirmingAct, ProposalRules } from '../rules'

/** How many officers approve for a vault, and who. Reviews that wait are counted by it from the next moment on. */
export const changeApprovalPolicy: ProposalRules<'change_approval_policy'> = {
  check: async (tx, { subject, before, after }) => {
    const present = await readPolicy(tx, subject.id)
    if (!present) return err({ code: 'not-found' })
    if (!isSameState(before, present)) return err({ code: 'proposal-changed' })
    if (isSameState(before, after)) return err({ code: 'already-so', message: 'This is the policy already.' })
    const { approvalsRequired, approverIds } = after
    const finding = checkPolicy({ required: approvalsRequired, approverIds }, await readPolicyPeople(tx))
    return finding.verdict === 'refuse' ? refusal(finding.because) : ok(undefined)
  },
  apply: async (act) => {
    await write(act)
    return ok(undefined)
  },
  facts: ({ subject }) => ({ subject: subject.name, connection: subject }),
}

/** As a proposal sees it: ids sorted. Undefined where there is no such vault, or no longer. */
export async function readPolicy(tx: Pick<Transaction, 'connection'>, id: string) {
  const connection = await tx.connection.findFirst({ where: { id, removedAt: null } })
  if (!connection) return undefined
  const { approvalsRequired, approverIds } = connection
  return { approvalsRequired, approverIds: [...approverIds].sort() }
}

function refusal(because: string): Result<never, ServiceError> {
  return err({ code: 'invalid-input', message: because, fields: { approvalsRequired: because } })
}

async function write({ tx, confirmer, frozen, at }: ConfirmingAct<'change_approval_policy'>): Promise<void> {
  const { subject, before, after, proposalId } = frozen
  await tx.connection.update({ where: { id: subject.id }, data: after })
  await appendEvent(tx, {
    type: 'connection.changed',
    phase: 'noted',
    at,
    actor: confirmer,
    connection: subject,
    details: {
      changed: ['approval policy'],
      approvalsRequiredBefore: before.approvalsRequired,
      approvalsRequired: after.approvalsRequired,
      approverIdsBefore: before.approverIds,
      approverIds: after.approverIds,
      proposalId,
    },
  })
}
