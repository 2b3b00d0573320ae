import 'server-only'
import type { ProposalKind } from '@/lib/domain/proposals/kinds'
import { changeApprovalPolicy } from './kinds/change-approval-policy'
import { changeConnection } from './kinds/change-connection'
import { changeRoles } from './kinds/change-roles'
import { createPerson } from './kinds/create-person'
import { enablePerson } from './kinds/enable-person'
import { renewInvitation } from './kinds/renew-invitation'
import { resetPasskeys } from './kinds/reset-passkeys'
import { unmarkCompromised } from './kinds/unmark-compromised'
import type { ProposalRules } from './rules'

const RULES: { [Kind in ProposalKind]: ProposalRules<Kind> } = {
  create_person: createPerson,
  change_roles: changeRoles,
  enable_person: enablePerson,
  renew_invitation: renewInvitation,
  reset_passkeys: resetPasskeys,
  change_connection: changeConnection,
  change_approval_policy: changeApprovalPolicy,
  unmark_compromised: unmarkCompromised,
}

export function rulesOf<Kind extends ProposalKind>(kind: Kind): ProposalRules<Kind> {
  return RULES[kind]
}
