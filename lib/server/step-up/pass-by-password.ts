import 'server-only'
import { err, type Result } from '@/lib/domain/result'
import { checkPassword } from '../auth/password'
import type { Actor, Context, ServiceError } from '../context'
import { takeOf } from '../doors/allowances'
import { refillAllowance } from '../doors/rate-limit'
import { permit } from '../permit'
import { type PassedStepUp, passStepUp } from './pass-step-up'
import { recordRefusedStepUp, refuseLimited, type StepUpRefusal } from './refuse-step-up'
import { waitingStepUp } from './waiting-step-up'

const method = 'password'
const WRONG = 'This is not your password, so nothing was done. Try again.'

/** A local person's password, asked for once more. */
export async function passByPassword(
  ctx: Context,
  actor: Actor,
  { stepUpId, password }: { stepUpId: string; password: string },
): Promise<Result<PassedStepUp, ServiceError>> {
  const permitted = permit(actor, 'account.manage')
  if (!permitted.ok) return permitted
  const taken = await takeOf(ctx, 'step-up', actor.personId)
  if (!taken.ok) return refuseLimited(ctx, actor, method, taken.retryAfterMs)
  const waiting = await waitingStepUp(ctx.db, actor, { stepUpId, method, now: ctx.clock() })
  const action = waiting.ok ? waiting.value.action : null
  const refuse = async (code: StepUpRefusal, error: ServiceError) => {
    await recordRefusedStepUp(ctx, actor, { method, code, action })
    return err(error)
  }
  if (!waiting.ok) return refuse('not-waiting', waiting.error)
  const { passwordHash } = await ctx.db.person.findUniqueOrThrow({ where: { id: actor.personId } })
  if (!(await checkPassword(password, passwordHash))) {
    return refuse('wrong-password', { code: 'step-up-refused', message: WRONG })
  }
  const passed = await passStepUp(ctx, actor, stepUpId, method)
  if (passed.ok) await refillAllowance(ctx, `step-up:${actor.personId}`)
  return passed
}
