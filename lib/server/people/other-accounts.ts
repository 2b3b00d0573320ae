import 'server-only'
import type { Context } from '../context'
import type { Transaction } from '../db/transaction'

/** Somebody's account and their other ones: see below. */
export async function accountsOf(db: Context['db'] | Transaction, id: string): Promise<string[]> {
  return [id, ...(await otherAccountsOf(db, [id]))]
}

/**
 * Accounts that are the same human's by every sign: the same subject at another issuer, or the same e-mail, where there is
 * one. People are keyed by issuer and subject; this makes nobody one person, it only keeps two accounts from being four
 * eyes. The database's `is_same_human` holds to the same.
 */
export async function otherAccountsOf(db: Context['db'] | Transaction, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const alike = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT b.id FROM person a
    JOIN person b ON b.subject = a.subject OR (b.email <> '' AND lower(b.email) = lower(a.email))
    WHERE a.id = ANY (${[...ids]}::uuid[]) AND b.id <> ALL (${[...ids]}::uuid[])`
  return alike.map(({ id }) => id)
}
