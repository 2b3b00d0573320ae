import 'server-only'
import type { Context } from '../context'
import type { Transaction } from '../db/transaction'

/**
 * Accounts that are the same human's by every sign: the same subject at another issuer, or the same e-mail. People are
 * keyed by issuer and subject; this makes nobody one person, it only keeps two accounts from being four eyes.
 */
export async function otherAccountsOf(db: Context['db'] | Transaction, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const people = await db.person.findMany({ where: { id: { in: [...ids] } }, select: { subject: true, email: true } })
  const alike = await db.person.findMany({
    where: {
      id: { notIn: [...ids] },
      OR: people.flatMap(({ subject, email }) => [
        { subject },
        { email: { equals: email, mode: 'insensitive' as const } },
      ]),
    },
    select: { id: true },
  })
  return alike.map(({ id }) => id)
}
