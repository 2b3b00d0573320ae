import 'server-only'
import type { StepUpAsked } from '@/lib/domain/people/step-up'
import type { Actor, Context } from '../context'
import { stepUpMethodsOf } from './step-up-methods'

type Needs = Pick<Context, 'db' | 'clock' | 'newId'>

/** What a proof is bound to, beside the session that gave it. */
export interface BoundAct {
  action: string
  paramsSha256: string
}

/** Null when this very session has proved itself for this very act within the last five minutes; else what is asked for. */
export async function askStepUp(ctx: Needs, actor: Actor, act: BoundAct): Promise<Omit<StepUpAsked, 'act'> | null> {
  const now = ctx.clock()
  const valid = await ctx.db.stepUp.findFirst({
    where: { sessionId: actor.sessionId, ...act, passedAt: { not: null }, expiresAt: { gt: now } },
    select: { id: true },
  })
  if (valid) return null
  const id = await ask(ctx, actor.sessionId, act, now)
  return id === null ? null : { id, methods: await stepUpMethodsOf(ctx.db, actor) }
}

/**
 * One statement, so that a hundred equal calls ask for one proof. What was carried for an older question is void.
 * Answers null when another call's proof has come in between.
 */
async function ask(
  { db, newId }: Needs,
  sessionId: string,
  { action, paramsSha256 }: BoundAct,
  now: Date,
): Promise<string | null> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO step_up (id, session_id, action, params_sha256, asked_at)
    VALUES (${newId()}::uuid, ${sessionId}::uuid, ${action}, ${paramsSha256}, ${now})
    ON CONFLICT (session_id, action, params_sha256) DO UPDATE
      SET asked_at = EXCLUDED.asked_at, challenge = NULL, method = NULL, passed_at = NULL, expires_at = NULL
      WHERE step_up.expires_at IS NULL OR step_up.expires_at <= EXCLUDED.asked_at
    RETURNING id`
  return row?.id ?? null
}
