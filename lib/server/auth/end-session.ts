import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { inTransaction } from '../db/transaction'
import { withinAuditTime } from '../doors/audit-unavailable'
import { permit } from '../permit'
import { closeSessions } from './close-sessions'

type Ended = { ended: number }

/** Ends one session: one's own by anybody, another's by who manages sessions. Another's id says nothing to anybody else. */
export async function endSession(
  ctx: Pick<Context, 'db' | 'clock'>,
  actor: Actor,
  { sessionId }: { sessionId: string },
): Promise<Result<Ended, ServiceError>> {
  const session = await ctx.db.session.findUnique({ where: { id: sessionId }, select: { personId: true } })
  const own = session?.personId === actor.personId
  const permitted = permit(actor, own ? 'account.manage' : 'sessions.manage')
  if (!permitted.ok) return permitted
  if (!session) return err({ code: 'not-found', message: 'There is no such session, or no longer.' })
  const because = own ? 'another-session' : 'administrator'
  const ended = await withinAuditTime(
    inTransaction(ctx.db, (tx) => closeSessions(tx, { id: sessionId }, { at: ctx.clock(), by: actor, because })),
  )
  return ok({ ended })
}

/** Ends every session of one's own but this. */
export async function endOtherSessions(
  ctx: Pick<Context, 'db' | 'clock'>,
  actor: Actor,
): Promise<Result<Ended, ServiceError>> {
  const permitted = permit(actor, 'account.manage')
  if (!permitted.ok) return permitted
  const where = { personId: actor.personId, id: { not: actor.sessionId } }
  const ended = await withinAuditTime(
    inTransaction(ctx.db, (tx) => closeSessions(tx, where, { at: ctx.clock(), by: actor, because: 'another-session' })),
  )
  return ok({ ended })
}
