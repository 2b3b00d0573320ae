import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import { closeSessions } from '../auth/close-sessions'
import type { Actor, Context, ServiceError } from '../context'
import type { Transaction } from '../db/transaction'
import { permit } from '../permit'
import { otherAdministrators, type PersonState, readPerson } from '../proposals/kinds/person-state'
import { checkReason } from '../reviews/check-reason'
import { inAct } from '../reviews/in-act'
import { voidInvitations } from './make-invitation'
import { stillPermitted } from './still-permitted'

export interface DisableInput {
  personId: string
  reason: string
  /** That fewer than two administrators will be left, and nothing that takes two can be done until there are. */
  acknowledged: boolean
}

/**
 * Closes an account at once: containment takes one, and every session ends with it. To open it again takes two
 * (`kinds/enable-person.ts`). Nobody closes their own, so one administrator is always left.
 */
export async function disablePerson(
  ctx: Context,
  actor: Actor,
  input: DisableInput,
): Promise<Result<void, ServiceError>> {
  const permitted = permit(actor, 'people.manage')
  if (!permitted.ok) return permitted
  const reason = checkReason(input.reason)
  if (!reason.ok) return reason
  if (input.personId === actor.personId) {
    return err({ code: 'not-permitted', message: 'Nobody closes their own account: another administrator does.' })
  }
  return inAct(ctx, async (tx) => {
    const still = await stillPermitted(tx, actor, 'people.manage')
    if (!still.ok) return still
    const state = await readPerson(tx, input.personId)
    if (!state) return err({ code: 'not-found' })
    if (state.person.disabledAt) return err({ code: 'already-so', message: 'This account is closed already.' })
    const left = await checkLeft(tx, state, input.acknowledged)
    if (!left.ok) return left
    await close(ctx, tx, actor, state, reason.value)
    return ok(undefined)
  })
}

async function checkLeft(
  tx: Transaction,
  { person, roles }: PersonState,
  acknowledged: boolean,
): Promise<Result<void, ServiceError>> {
  if (acknowledged || !roles.includes('administrator')) return ok(undefined)
  if ((await otherAdministrators(tx, person.id)) >= 2) return ok(undefined)
  const message =
    'Only one administrator would be left, and nobody could confirm a change of people or vaults. Acknowledge that first.'
  return err({ code: 'warnings-not-acknowledged', message, fields: { acknowledged: message } })
}

async function close(ctx: Context, tx: Transaction, actor: Actor, { person, roles }: PersonState, reason: string) {
  const at = ctx.clock()
  await tx.person.update({ where: { id: person.id }, data: { disabledAt: at } })
  const sessions = await closeSessions(tx, { personId: person.id }, { at, by: actor, because: 'disabled' })
  await voidInvitations(tx, person.id, at)
  const details = { name: person.name, personId: person.id, roles, reason, sessions }
  await appendEvent(tx, { type: 'person.disabled', phase: 'noted', at, actor, details })
}
