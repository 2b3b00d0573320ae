import 'server-only'
import { createHash } from 'node:crypto'
import { PASSWORD_WORDS, passwordProblem } from '@/lib/domain/people/password-rules'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import { hashPassword } from '../auth/password'
import type { Context, ServiceError } from '../context'
import type { Invitation, Person } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import { inAct } from '../reviews/in-act'

type Needs = Pick<Context, 'db' | 'clock'>

export interface InvitedPerson {
  name: string
  email: string
  expiresAt: string
}

/** One answer for a token that is unknown, used, lapsed or taken back, or whose person's account is closed. */
const NOT_VALID: ServiceError = {
  code: 'not-found',
  message: 'This invitation was used, has lapsed or was replaced. Ask an administrator for a new one.',
}

/** Whom an invitation is for, so that they see that it is theirs. Changes nothing. */
export async function lookAtInvitation(
  ctx: Needs,
  { token }: { token: string },
): Promise<Result<InvitedPerson, ServiceError>> {
  const found = await findLive(ctx.db, token, ctx.clock())
  if (!found) return err(NOT_VALID)
  const { person, expiresAt } = found
  return ok({ name: person.name, email: person.email, expiresAt: expiresAt.toISOString() })
}

/**
 * The invited person's first password, or their next one: nobody else ever knew or chose it. The invitation is used with
 * it, in one transaction; of two at once, one is late.
 */
export async function acceptInvitation(
  ctx: Needs,
  { token, password }: { token: string; password: string },
): Promise<Result<{ email: string }, ServiceError>> {
  const found = await findLive(ctx.db, token, ctx.clock())
  if (!found) return err(NOT_VALID)
  const problem = passwordProblem(password, found.person)
  if (problem) return err({ code: 'invalid-input', fields: { password: PASSWORD_WORDS[problem] } })
  const passwordHash = await hashPassword(password)
  return inAct(ctx, async (tx) => {
    const at = ctx.clock()
    const still = await findLive(tx, token, at)
    if (!still) return err(NOT_VALID)
    await tx.invitation.update({ where: { id: still.id }, data: { usedAt: at } })
    await tx.person.update({ where: { id: still.personId }, data: { passwordHash, changedAt: at } })
    const { id: personId, name, email } = still.person
    const actor = { personId, name, sessionId: null }
    await appendEvent(tx, { type: 'person.joined', phase: 'noted', at, actor, details: { name } })
    return ok({ email })
  })
}

function findLive(
  db: Context['db'] | Transaction,
  token: string,
  now: Date,
): Promise<(Invitation & { person: Person }) | null> {
  return db.invitation.findFirst({
    where: {
      tokenSha256: createHash('sha256').update(token).digest('hex'),
      usedAt: null,
      voidedAt: null,
      expiresAt: { gt: now },
      person: { disabledAt: null },
    },
    include: { person: true },
  })
}
