import 'server-only'
import type { Health } from '@/lib/providers/port'
import type { ConnectionRow, Context } from '../context'

/** Asks one vault how it is and writes the answer down. Never throws for a vault that is down. */
export async function probeConnection(ctx: Context, connection: ConnectionRow): Promise<Health> {
  const health = await ctx.provider(connection).checkHealth()
  const facts = healthFacts(health, ctx.clock())
  await ctx.db.connectionHealth.upsert({
    where: { connectionId: connection.id },
    create: { connectionId: connection.id, ...facts },
    update: facts,
  })
  return health
}

/** What is not known now stays as it was: the last answer, the last error. */
function healthFacts(health: Health, at: Date) {
  switch (health.state) {
    case 'answering':
      return {
        state: health.state,
        checkedAt: at,
        latencyMs: health.latencyMs,
        lastAnswerAt: at,
        ...(health.clockSkewMs === null ? {} : { clockSkewMs: health.clockSkewMs }),
      }
    case 'not_activated':
      return {
        state: health.state,
        checkedAt: at,
        latencyMs: health.latencyMs,
        lastErrorAt: at,
        lastErrorCode: 'not-activated',
      }
    case 'not_answering':
      return { state: health.state, checkedAt: at, lastErrorAt: at, lastErrorCode: health.code }
  }
}
