import 'server-only'
import { PASSWORD_WORDS, passwordProblem } from '@/lib/domain/people/password-rules'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import { closeSessions } from '../auth/close-sessions'
import { checkPassword, hashPassword } from '../auth/password'
import type { Actor, Context, ServiceError } from '../context'
import { permit } from '../permit'
import { inAct } from '../reviews/in-act'

const ELSEWHERE: ServiceError = {
  code: 'conflict',
  message: 'You sign in by your identity provider, which keeps your password. Change it there.',
}
const CHANGED: ServiceError = { code: 'conflict', message: 'Your password was changed meanwhile. Sign in again.' }
const THE_SAME = 'This is your password already. Choose another.'

/**
 * One's own password, for whoever has just shown who they are (with a passkey, where they have one). Every other session
 * of theirs ends with it, and what the old one proved is void. What they may decide stays as it was.
 */
export async function changePassword(
  ctx: Context,
  actor: Actor,
  { password }: { password: string },
): Promise<Result<{ ended: number }, ServiceError>> {
  const permitted = permit(actor, 'account.manage')
  if (!permitted.ok) return permitted
  const { personId } = actor
  const person = await ctx.db.person.findUniqueOrThrow({ where: { id: personId } })
  if (person.issuer !== 'local') return err(ELSEWHERE)
  const problem = passwordProblem(password, person)
  if (problem) return err({ code: 'invalid-input', fields: { password: PASSWORD_WORDS[problem] } })
  if (await checkPassword(password, person.passwordHash))
    return err({ code: 'invalid-input', fields: { password: THE_SAME } })
  const passwordHash = await hashPassword(password)
  return inAct(ctx, async (tx) => {
    const at = ctx.clock()
    const { count } = await tx.person.updateMany({
      where: { id: personId, passwordHash: person.passwordHash },
      data: { passwordHash },
    })
    if (count === 0) return err(CHANGED)
    // A proof is bound to what is asked for, but never to a password: the next change needs one of its own.
    await tx.stepUp.deleteMany({ where: { sessionId: actor.sessionId } })
    const others = { personId, id: { not: actor.sessionId } }
    const ended = await closeSessions(tx, others, { at, by: actor, because: 'new-password' })
    await appendEvent(tx, { type: 'password.changed', phase: 'noted', at, actor, details: { endedSessions: ended } })
    return ok({ ended })
  })
}
