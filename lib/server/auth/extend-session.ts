import 'server-only'
import type { Actor, Context } from '../context'
import { type LiveSession, readLiveSession } from './read-session'
import { IDLE_MS, needsTouch } from './session-clock'

type Needs = Pick<Context, 'db' | 'clock'>

/**
 * The officer has just touched the page. The only thing that prolongs a session: no read, refetch, prefetch, draft or act
 * does. Never backwards, never past the absolute end, and never one that has ended or lapsed meanwhile: then null.
 */
export async function extendSession(ctx: Needs, { sessionId }: Actor): Promise<LiveSession | null> {
  const session = await readLiveSession(ctx, sessionId)
  const now = ctx.clock()
  if (!session || !needsTouch(session, now)) return session
  await ctx.db.session.updateMany({
    where: {
      id: sessionId,
      endedAt: null,
      secondFactorUntil: null,
      expiresAt: { gt: now },
      lastUseAt: { lt: now, gt: new Date(now.getTime() - IDLE_MS) },
    },
    data: { lastUseAt: now },
  })
  return readLiveSession(ctx, sessionId)
}
