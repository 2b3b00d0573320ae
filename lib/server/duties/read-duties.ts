import 'server-only'
import { DUTIES, type DutiesView, dutiesHoldUntil } from '@/lib/domain/people/duties'
import type { Actor, Context } from '../context'

/** The duties, and when this officer acknowledged this version of them last. */
export async function readDuties(ctx: Pick<Context, 'db' | 'clock'>, actor: Actor): Promise<DutiesView> {
  const [last] = await ctx.db.$queryRaw<{ acknowledgedAt: Date }[]>`
    SELECT acknowledged_at AS "acknowledgedAt" FROM duty_acknowledgement
    WHERE person_id = ${actor.personId}::uuid AND version = ${DUTIES.version}
    ORDER BY acknowledged_at DESC LIMIT 1`
  const until = dutiesHoldUntil(last?.acknowledgedAt)
  return {
    ...DUTIES,
    acknowledgedAt: last?.acknowledgedAt.toISOString() ?? null,
    holdsUntil: until?.toISOString() ?? null,
    holds: until !== undefined && until > ctx.clock(),
  }
}
