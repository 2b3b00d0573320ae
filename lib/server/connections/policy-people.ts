import 'server-only'
import { hasPermission } from '@/lib/domain/people/permissions'
import type { PolicyPerson } from '@/lib/domain/reviews/approval-policy'
import type { Context } from '../context'
import type { Transaction } from '../db/transaction'

/** Everybody who can sign in and either approves or imports, by name. */
export async function readPolicyPeople(db: Context['db'] | Transaction): Promise<PolicyPerson[]> {
  const people = await db.person.findMany({
    where: { disabledAt: null },
    select: { id: true, name: true, roles: { select: { role: true } } },
    orderBy: { name: 'asc' },
  })
  return people
    .map(({ id, name, roles }) => {
      const held = roles.map(({ role }) => role)
      return {
        id,
        name,
        isApprover: hasPermission(held, 'reviews.decide'),
        isCustodian: hasPermission(held, 'imports.create'),
      }
    })
    .filter(({ isApprover, isCustodian }) => isApprover || isCustodian)
}
