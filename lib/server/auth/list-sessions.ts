import 'server-only'
import { deviceWords } from '@/lib/domain/people/device-words'
import type { SessionView } from '@/lib/domain/people/session-view'
import { ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { permit } from '../permit'
import { liveAt } from './session-clock'

/** The sessions of one person that are live now, the latest used first: one's own, or another's to who manages sessions. */
export async function listSessions(
  ctx: Pick<Context, 'db' | 'clock'>,
  actor: Actor,
  personId: string,
): Promise<Result<SessionView[], ServiceError>> {
  const permitted = permit(actor, personId === actor.personId ? 'account.manage' : 'sessions.manage')
  if (!permitted.ok) return permitted
  const now = ctx.clock()
  const rows = await ctx.db.session.findMany({
    where: { personId, secondFactorUntil: null, ...liveAt(now) },
    orderBy: { lastUseAt: 'desc' },
  })
  return ok(
    rows.map((row) => ({
      id: row.id,
      device: deviceWords(row.userAgent),
      address: row.address === 'unknown' ? null : row.address,
      startedAt: row.createdAt.toISOString(),
      lastUseAt: row.lastUseAt.toISOString(),
      endsAt: row.expiresAt.toISOString(),
      method: row.method === 'oidc' ? 'oidc' : 'password',
      current: row.id === actor.sessionId,
    })),
  )
}
