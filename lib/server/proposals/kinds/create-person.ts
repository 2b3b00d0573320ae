import 'server-only'
import { sortRoles } from '@/lib/domain/people/role-rules'
import type { FrozenProposal } from '@/lib/domain/proposals/frozen-proposal'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../../audit/append-event'
import type { ServiceError } from '../../context'
import type { Transaction } from '../../db/transaction'
import { LOCAL_ISSUER } from '../../people/local-issuer'
import { makeInvitation } from '../../people/make-invitation'
import type { ConfirmingAct, ProposalRules } from '../rules'
import { checkRoles } from './person-state'

/** A person is made by their confirmation; one of this installation sets their own password by an invitation. */
export const createPerson: ProposalRules<'create_person'> = {
  check: async (tx, { subject, after }) => {
    const roles = checkRoles(after.roles)
    if (!roles.ok) return roles
    return checkIsNew(tx, subject, after.email)
  },
  apply: async (act) => {
    await insert(act)
    return act.frozen.subject.issuer === LOCAL_ISSUER
      ? makeInvitation(act, { personId: act.frozen.subject.id, name: act.frozen.subject.name })
      : ok(undefined)
  },
  facts: ({ subject }) => ({ subject: subject.name }),
}

type Subject = FrozenProposal<'create_person'>['subject']

async function checkIsNew(
  tx: Transaction,
  { issuer, subject }: Subject,
  email: string,
): Promise<Result<void, ServiceError>> {
  const known = await tx.person.findUnique({ where: { issuer_subject: { issuer, subject } }, select: { id: true } })
  if (known) return taken(issuer === LOCAL_ISSUER ? 'email' : 'subject', 'This person has an account already.')
  if (issuer !== LOCAL_ISSUER) return ok(undefined)
  // People of this installation sign in by their e-mail: two of one address could not.
  const [same] = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM person WHERE issuer = ${LOCAL_ISSUER} AND lower(email) = lower(${email}) LIMIT 1`
  return same ? taken('email', 'Somebody signs in with this e-mail already.') : ok(undefined)
}

function taken(field: string, message: string): Result<never, ServiceError> {
  return err({ code: 'invalid-input', fields: { [field]: message } })
}

async function insert({ tx, confirmer, frozen, at }: ConfirmingAct<'create_person'>): Promise<void> {
  const { id, issuer, subject, name } = frozen.subject
  const { email } = frozen.after
  const roles = sortRoles(frozen.after.roles)
  await tx.person.create({
    data: {
      id,
      issuer,
      subject,
      name,
      email,
      createdAt: at,
      changedAt: at,
      roles: { create: roles.map((role) => ({ role, grantedAt: at })) },
    },
  })
  await appendEvent(tx, {
    type: 'person.created',
    phase: 'noted',
    at,
    actor: confirmer,
    details: { name, email, issuer, roles, proposalId: frozen.proposalId },
  })
}
