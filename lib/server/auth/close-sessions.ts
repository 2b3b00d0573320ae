import 'server-only'
import { appendEvent } from '../audit/append-event'
import type { Actor } from '../context'
import type { Prisma } from '../db/generated/client'
import type { Transaction } from '../db/transaction'

/** Why a session is over, as its row has it. One that idled or ran out is simply over. */
export type EndedBecause =
  | 'sign-out'
  | 'new-sign-in'
  | 'new-password'
  | 'another-session'
  | 'administrator'
  | 'disabled'

/**
 * Ends every session that is still open among these, each with its event, in the caller's transaction: each is nobody's on
 * the next request. Answers how many.
 */
export async function closeSessions(
  tx: Transaction,
  where: Prisma.SessionWhereInput,
  { at, by, because }: { at: Date; by: Pick<Actor, 'personId' | 'name' | 'sessionId'> | null; because: EndedBecause },
): Promise<number> {
  const open = await tx.session.findMany({ where: { ...where, endedAt: null }, include: { person: true } })
  for (const { id, person } of open) {
    const data = { endedAt: at, endedBecause: because, endedById: by?.personId ?? null }
    await tx.session.update({ where: { id }, data })
    const details = { because, session: id, person: person.id, name: person.name }
    const actor = by ?? { personId: person.id, name: person.name, sessionId: id }
    await appendEvent(tx, { type: 'session.ended', phase: 'noted', at, actor, details })
  }
  return open.length
}
