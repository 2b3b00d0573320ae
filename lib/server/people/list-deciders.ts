import 'server-only'
import { rolesWith } from '@/lib/domain/people/permissions'
import { type ApprovalPolicy, isNamedApprover } from '@/lib/domain/reviews/approval-policy'
import type { Context } from '../context'
import { otherAccountsOf } from './other-accounts'

export interface DeciderName {
  id: string
  name: string
}

/** What bars somebody beyond the role: the vault's policy, and having been changed since it was asked for. */
interface Wanted {
  policy: Pick<ApprovalPolicy, 'approverIds'>
  /** Left out: nothing was asked for yet. */
  askedAt?: Date
}

/** The people who may decide a review that the barred ones asked for, by name. */
export async function findDeciders(
  db: Context['db'],
  barred: readonly (string | null)[],
  { policy, askedAt }: Wanted,
): Promise<DeciderName[]> {
  const own = barred.filter((id): id is string => id !== null)
  const barredIds = [...own, ...(await otherAccountsOf(db, own))]
  const people = await db.person.findMany({
    where: {
      disabledAt: null,
      roles: { some: { role: { in: [...rolesWith('reviews.decide')] } } },
      id: { notIn: barredIds },
      ...(askedAt ? { changedAt: { lte: askedAt } } : {}),
    },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
  return people.filter(({ id }) => isNamedApprover(policy, id))
}

export async function listDeciders(
  db: Context['db'],
  barred: readonly (string | null)[],
  wanted: Wanted,
): Promise<string[]> {
  return (await findDeciders(db, barred, wanted)).map(({ name }) => name)
}
