import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { probeConnection } from '../connections/probe-connection'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import { permit } from '../permit'
import { indexConnection } from './index-connection'

/** Somebody waits for this on a page: whatever takes longer goes on behind it. */
const WAIT_MS = 8_000

/** Vaults being read by this process: a second wish for the same one joins the first. */
const running = new Map<string, Promise<void>>()

/** The inventory of one vault, or of all, read on demand. A vault that does not answer is told by its health. */
export async function refreshConnection(
  ctx: Context,
  actor: Actor,
  input: { connectionId: string | null },
): Promise<Result<{ finished: boolean }, ServiceError>> {
  const permitted = permit(actor, 'keys.refresh')
  if (!permitted.ok) return permitted
  const connections = await ctx.db.connection.findMany({
    where: { removedAt: null, ...(input.connectionId ? { id: input.connectionId } : {}) },
  })
  if (input.connectionId && connections.length === 0) return err({ code: 'not-found' })
  const all = Promise.all(connections.map((connection) => refreshInBackground(ctx, connection)))
  const finished = await Promise.race([all.then(() => true), pause(WAIT_MS)])
  return ok({ finished })
}

/** One round over one vault: its health, then its index. For the job and for the button. Throws only for bugs. */
export function refreshInBackground(ctx: Context, connection: ConnectionRow): Promise<void> {
  const under = running.get(connection.id)
  if (under) return under
  const round = refresh(ctx, connection).finally(() => running.delete(connection.id))
  running.set(connection.id, round)
  return round
}

async function refresh(ctx: Context, connection: ConnectionRow): Promise<void> {
  const health = await probeConnection(ctx, connection)
  if (health.state === 'answering') await indexConnection(ctx, connection)
}

function pause(ms: number): Promise<false> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), ms).unref()
  })
}
