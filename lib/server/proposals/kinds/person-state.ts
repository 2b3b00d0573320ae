import 'server-only'
import { areExclusive, sortRoles } from '@/lib/domain/people/role-rules'
import type { Role } from '@/lib/domain/people/roles'
import { isSameState } from '@/lib/domain/proposals/frozen-proposal'
import { err, ok, type Result } from '@/lib/domain/result'
import type { ServiceError } from '../../context'
import type { Person } from '../../db/generated/client'
import type { Transaction } from '../../db/transaction'

/** A person as a proposal sees them; roles sorted. */
export interface PersonState {
  person: Person
  roles: Role[]
}

export async function readPerson(tx: Transaction, id: string): Promise<PersonState | null> {
  const row = await tx.person.findUnique({ where: { id }, include: { roles: true } })
  if (!row) return null
  const { roles, ...person } = row
  return { person, roles: sortRoles(roles.map(({ role }) => role)) }
}

export function frozenSubject({ id, issuer, subject, name }: Person) {
  return { id, issuer, subject, name }
}

/** `proposal-changed` where the present is not what was frozen. */
export function checkUnchanged(frozen: unknown, present: unknown): Result<void, ServiceError> {
  return isSameState(frozen, present) ? ok(undefined) : err({ code: 'proposal-changed' })
}

/** A set of roles that somebody may hold: at least one, and never the two that exclude each other. */
export function checkRoles(roles: readonly Role[]): Result<void, ServiceError> {
  if (roles.length === 0) {
    const message = 'Choose at least one role. To take every role away, disable the person instead.'
    return err({ code: 'invalid-input', fields: { roles: message } })
  }
  return areExclusive(roles) ? err({ code: 'roles-exclusive' }) : ok(undefined)
}

/** How many administrators would be left who can sign in, were this person not one. */
export function otherAdministrators(tx: Pick<Transaction, 'person'>, personId: string): Promise<number> {
  return tx.person.count({
    where: { id: { not: personId }, disabledAt: null, roles: { some: { role: 'administrator' } } },
  })
}
