import 'server-only'
import { isSameState } from '@/lib/domain/proposals/frozen-proposal'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../../audit/append-event'
import type { ServiceError } from '../../context'
import type { Transaction } from '../../db/transaction'
import type { ConfirmingAct, ProposalRules } from '../rules'
import { checkRoles, checkUnchanged, otherAdministrators, type PersonState, readPerson } from './person-state'

/** Other roles for somebody. They hold from the person's next request on. */
export const changeRoles: ProposalRules<'change_roles'> = {
  check: async (tx, { subject, before, after }) => {
    const state = await readPerson(tx, subject.id)
    if (!state) return err({ code: 'not-found' })
    const unchanged = checkUnchanged(before, { roles: state.roles })
    if (!unchanged.ok) return unchanged
    if (isSameState(before, after)) return err({ code: 'already-so', message: 'These are the roles already.' })
    const allowed = checkRoles(after.roles)
    if (!allowed.ok) return allowed
    return checkWhole(tx, state, after.roles)
  },
  apply: async (act) => {
    await write(act)
    return ok(undefined)
  },
  facts: ({ subject }) => ({ subject: subject.name }),
}

/** What concerns more than the one person. */
async function checkWhole(
  tx: Transaction,
  { person, roles }: PersonState,
  wanted: readonly string[],
): Promise<Result<void, ServiceError>> {
  if (person.rolesFrom === 'claims') {
    const message = 'These roles come from the identity provider’s claims. Change them there.'
    return err({ code: 'not-permitted', message })
  }
  const losesAdministrator = roles.includes('administrator') && !wanted.includes('administrator')
  if (losesAdministrator && !person.disabledAt && (await otherAdministrators(tx, person.id)) < 2) {
    const message = 'Fewer than two administrators would be left, and nobody could confirm anything. Add another first.'
    return err({ code: 'not-permitted', message })
  }
  return ok(undefined)
}

async function write({ tx, confirmer, frozen, at }: ConfirmingAct<'change_roles'>): Promise<void> {
  const { id: personId, name } = frozen.subject
  const { before, after } = frozen
  await tx.personRole.deleteMany({ where: { personId, role: { notIn: after.roles } } })
  await tx.personRole.createMany({
    data: after.roles.filter((role) => !before.roles.includes(role)).map((role) => ({ personId, role, grantedAt: at })),
  })
  await tx.person.update({ where: { id: personId }, data: { changedAt: at } })
  await appendEvent(tx, {
    type: 'person.changed',
    phase: 'noted',
    at,
    actor: confirmer,
    details: {
      name,
      change: 'roles',
      personId,
      rolesBefore: before.roles,
      rolesAfter: after.roles,
      proposalId: frozen.proposalId,
    },
  })
}
