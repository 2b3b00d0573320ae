import 'server-only'
import type { Actor, Context } from '../context'
import { needsTouch, sessionState } from './session-clock'

type Needs = Pick<Context, 'db' | 'clock'>

/**
 * The person behind a session row, or null when the row has ended, lapsed or belongs to somebody disabled.
 * Roles are read afresh, so that a revoked role is gone on the next request.
 */
export async function readSession(
  ctx: Needs,
  sessionId: string,
  { countsAsUse }: { countsAsUse: boolean },
): Promise<Actor | null> {
  const session = await ctx.db.session.findUnique({
    where: { id: sessionId },
    include: { person: { include: { roles: true } } },
  })
  const now = ctx.clock()
  if (!session || session.person.disabledAt || sessionState(session, now) !== 'live') return null
  if (countsAsUse && needsTouch(session, now)) await touch(ctx, sessionId, now)
  const { person } = session
  return {
    personId: person.id,
    issuer: person.issuer,
    subject: person.subject,
    name: person.name,
    email: person.email,
    roles: person.roles.map(({ role }) => role),
    sessionId,
  }
}

/** Never backwards, and never a session that somebody has ended meanwhile. */
async function touch(ctx: Needs, id: string, now: Date): Promise<void> {
  await ctx.db.session.updateMany({ where: { id, endedAt: null, lastUseAt: { lt: now } }, data: { lastUseAt: now } })
}
