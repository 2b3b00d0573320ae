import 'server-only'
import { hasPermission } from '@/lib/domain/people/permissions'
import { type ApprovedRequest, type ApproverNow, countingApprovals } from '@/lib/domain/reviews/approval-policy'
import type { Context } from '../context'
import type { Approval } from '../db/generated/client'
import type { Transaction } from '../db/transaction'

export type Reviewed = { importId: string } | { enableRequestId: string }

/** The approvals that count at this instant, oldest first. Whoever acts on them reads them in their own transaction. */
export async function standingApprovals(
  db: Context['db'] | Transaction,
  about: Reviewed,
  request: ApprovedRequest,
  now: Date,
): Promise<Approval[]> {
  const standing = await db.approval.findMany({ where: { ...about, voidedAt: null }, orderBy: { decidedAt: 'asc' } })
  const officers = await officersNow(
    db,
    standing.map(({ approverId }) => approverId),
  )
  return countingApprovals(standing, request, officers, now)
}

/** Officers by id, as they are now: one query, none where there is nobody to ask for. */
export async function officersNow(
  db: Context['db'] | Transaction,
  ids: readonly string[],
): Promise<(id: string) => ApproverNow | undefined> {
  if (ids.length === 0) return () => undefined
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    include: { roles: { select: { role: true } } },
  })
  const officers = new Map(
    people.map(({ id, changedAt, disabledAt, roles }) => {
      const held = roles.map(({ role }) => role)
      return [id, { changedAt, mayDecide: disabledAt === null && hasPermission(held, 'reviews.decide') }]
    }),
  )
  return (id) => officers.get(id)
}
