import 'server-only'
import { DUTIES, type DutiesView, dutiesHoldUntil } from '@/lib/domain/people/duties'
import type { Actor, Context } from '../context'
import { Prisma } from '../db/generated/client'

/** The duties, and when this officer acknowledged this version of them last. */
export async function readDuties(ctx: Pick<Context, 'db' | 'clock'>, actor: Actor): Promise<DutiesView> {
  const [last] = await ctx.db.$queryRaw<{ at: Date | null }[]>(Prisma.sql`SELECT ${lastAcknowledged(actor)} AS at`)
  const until = dutiesHoldUntil(last?.at ?? undefined)
  return {
    ...DUTIES,
    acknowledgedAt: last?.at?.toISOString() ?? null,
    holdsUntil: until?.toISOString() ?? null,
    holds: isAhead(ctx, until),
  }
}

/** SQL, a timestamptz or NULL: when this officer acknowledged this version of the duties last. */
export function lastAcknowledged({ personId }: Pick<Actor, 'personId'>): Prisma.Sql {
  return Prisma.sql`(SELECT max(acknowledged_at) FROM duty_acknowledgement
    WHERE person_id = ${personId}::uuid AND version = ${DUTIES.version})`
}

/** Whether duties acknowledged then still hold. */
export function dutiesHold(ctx: Pick<Context, 'clock'>, acknowledgedAt: Date | null): boolean {
  return isAhead(ctx, dutiesHoldUntil(acknowledgedAt ?? undefined))
}

function isAhead({ clock }: Pick<Context, 'clock'>, until: Date | undefined): boolean {
  return until !== undefined && until > clock()
}
