import 'server-only'
import { err } from '@/lib/domain/result'
import type { ProposalRules } from '../rules'

export const changeApprovalPolicy: ProposalRules<'change_approval_policy'> = {
  check: async () => err({ code: 'not-permitted', message: 'Approval policies can not be changed yet.' }),
  apply: async () => err({ code: 'not-permitted' }),
  facts: ({ subject }) => ({ subject: subject.name, connection: subject }),
}
