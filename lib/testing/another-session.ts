import { randomUUID } from 'node:crypto'
import type { Actor, Context } from '@/lib/server/context'

/** The same person, signed in once more. */
export async function anotherSession(ctx: Context, of: Actor): Promise<Actor> {
  const [id, now] = [randomUUID(), ctx.clock()]
  const expiresAt = new Date(now.getTime() + 3_600_000)
  await ctx.db.session.create({ data: { id, personId: of.personId, createdAt: now, lastUseAt: now, expiresAt } })
  return { ...of, sessionId: id }
}
