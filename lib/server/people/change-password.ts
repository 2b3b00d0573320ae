import 'server-only'
import { PASSWORD_WORDS, passwordProblem } from '@/lib/domain/people/password-rules'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import { closeSessions } from '../auth/close-sessions'
import { checkPassword, hashPassword } from '../auth/password'
import type { Actor, Context, ServiceError } from '../context'
import { takeOf } from '../doors/allowances'
import { refillAllowance } from '../doors/rate-limit'
import { permit } from '../permit'
import { inAct } from '../reviews/in-act'
import { recordRefusedStepUp, refuseLimited } from '../step-up/refuse-step-up'

const action = 'account.change-password'
const method = 'password'

const ELSEWHERE: ServiceError = {
  code: 'conflict',
  message: 'You sign in by your identity provider, which keeps your password. Change it there.',
}
const CHANGED: ServiceError = { code: 'conflict', message: 'Your password was changed meanwhile. Sign in again.' }
const WRONG = 'This is not your password, so nothing was changed. Try again.'
const THE_SAME = 'This is your password already. Choose another.'

/**
 * One's own password, for whoever knows the one that holds. Every other session of theirs ends with it. Guesses are
 * counted and recorded with those of a step-up: it is the same password. What they may decide stays as it was.
 */
export async function changePassword(
  ctx: Context,
  actor: Actor,
  { current, password }: { current: string; password: string },
): Promise<Result<{ ended: number }, ServiceError>> {
  const permitted = permit(actor, 'account.manage')
  if (!permitted.ok) return permitted
  const { personId } = actor
  const person = await ctx.db.person.findUniqueOrThrow({ where: { id: personId } })
  if (person.issuer !== 'local') return err(ELSEWHERE)
  const problem = passwordProblem(password, person)
  if (problem) return err({ code: 'invalid-input', fields: { password: PASSWORD_WORDS[problem] } })
  const taken = await takeOf(ctx, 'step-up', personId)
  if (!taken.ok) return refuseLimited(ctx, actor, method, taken.retryAfterMs)
  if (!(await checkPassword(current, person.passwordHash))) {
    await recordRefusedStepUp(ctx, actor, { method, code: 'wrong-password', action })
    return err({ code: 'step-up-refused', message: WRONG, fields: { current: WRONG } })
  }
  await refillAllowance(ctx, `step-up:${personId}`)
  if (password === current) return err({ code: 'invalid-input', fields: { password: THE_SAME } })
  const passwordHash = await hashPassword(password)
  return inAct(ctx, async (tx) => {
    const at = ctx.clock()
    const { count } = await tx.person.updateMany({
      where: { id: personId, passwordHash: person.passwordHash },
      data: { passwordHash },
    })
    if (count === 0) return err(CHANGED)
    const others = { personId, id: { not: actor.sessionId } }
    const ended = await closeSessions(tx, others, { at, by: actor, because: 'new-password' })
    await appendEvent(tx, { type: 'password.changed', phase: 'noted', at, actor, details: { endedSessions: ended } })
    return ok({ ended })
  })
}
