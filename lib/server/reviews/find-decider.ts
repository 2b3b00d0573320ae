import 'server-only'
import type { Decider } from '@/lib/domain/reviews/may-decide'
import type { Context } from '../context'
import type { Transaction } from '../db/transaction'
import { otherAccountsOf } from '../people/other-accounts'

/** The officer who decides, as the record has them now; null when the account is disabled or gone. */
export async function findDecider(db: Context['db'] | Transaction, personId: string): Promise<Decider | null> {
  const person = await db.person.findUnique({ where: { id: personId }, include: { roles: { select: { role: true } } } })
  if (!person || person.disabledAt) return null
  const otherAccountIds = await otherAccountsOf(db, [person.id])
  return { id: person.id, otherAccountIds, roles: person.roles.map(({ role }) => role), changedAt: person.changedAt }
}
