import 'server-only'
import type { Confirmer } from '@/lib/domain/proposals/may-decide-proposal'
import type { Actor, Context } from '../context'
import type { Transaction } from '../db/transaction'
import { otherAccountsOf } from '../people/other-accounts'

/** Whoever reads a proposal, as the rule on confirming it knows them. */
export async function readerOf(db: Context['db'] | Transaction, { personId: id, roles }: Actor): Promise<Confirmer> {
  const [{ changedAt }, otherIds] = await Promise.all([
    db.person.findUniqueOrThrow({ where: { id }, select: { changedAt: true } }),
    otherAccountsOf(db, [id]),
  ])
  return { id, otherIds, roles, changedAt }
}
