import 'server-only'
import type { Actor, Context } from '../context'
import { needsTouch, type SessionInstants, sessionState } from './session-clock'

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
  const row = await selectSession(ctx, sessionId)
  const now = ctx.clock()
  if (!row || row.disabledAt || sessionState(row, now) !== 'live') return null
  if (countsAsUse && needsTouch(row, now)) await touch(ctx, sessionId, now)
  const { personId, issuer, subject, name, email, roles } = row
  return { personId, issuer, subject, name, email, roles, sessionId }
}

interface SessionSqlRow extends SessionInstants, Omit<Actor, 'sessionId'> {
  disabledAt: Date | null
}

/** Every request asks this, so it is one statement; what a password is checked with stays where it is. */
async function selectSession({ db }: Needs, sessionId: string): Promise<SessionSqlRow | undefined> {
  const [row] = await db.$queryRaw<SessionSqlRow[]>`
    SELECT s.last_use_at AS "lastUseAt", s.expires_at AS "expiresAt", s.ended_at AS "endedAt",
           p.id AS "personId", p.issuer, p.subject, p.name, p.email, p.disabled_at AS "disabledAt",
           ARRAY(SELECT r.role::text FROM person_role r WHERE r.person_id = p.id) AS roles
    FROM session s JOIN person p ON p.id = s.person_id
    WHERE s.id = ${sessionId}::uuid`
  return row
}

/** Never backwards, and never a session that somebody has ended meanwhile. */
async function touch(ctx: Needs, id: string, now: Date): Promise<void> {
  await ctx.db.session.updateMany({ where: { id, endedAt: null, lastUseAt: { lt: now } }, data: { lastUseAt: now } })
}
