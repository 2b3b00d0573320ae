import 'server-only'
import { err, ok } from '@/lib/domain/result'
import { appendEvent } from '../../audit/append-event'
import { closeSessions } from '../../auth/close-sessions'
import type { Transaction } from '../../db/transaction'
import type { ProposalRules } from '../rules'
import { checkUnchanged, readPerson } from './person-state'

/**
 * Lost passkeys are taken away: the person signs in without one and registers another. It opens the account to whoever
 * has the password, so it takes two, ends every session, and the account counts as changed.
 */
export const resetPasskeys: ProposalRules<'reset_passkeys'> = {
  check: async (tx, { subject, before }) => {
    const state = await readPerson(tx, subject.id)
    if (!state) return err({ code: 'not-found' })
    const passkeys = await namesOfPasskeys(tx, subject.id)
    if (passkeys.length === 0) return err({ code: 'already-so', message: 'This account has no passkey.' })
    return checkUnchanged(before, { passkeys, roles: state.roles })
  },
  apply: async ({ tx, confirmer, frozen, at }) => {
    const { id: personId, name } = frozen.subject
    await tx.passkey.updateMany({ where: { personId, removedAt: null }, data: { removedAt: at } })
    await tx.person.update({ where: { id: personId }, data: { changedAt: at } })
    await closeSessions(tx, { personId }, { at, by: confirmer, because: 'administrator' })
    await appendEvent(tx, {
      type: 'person.changed',
      phase: 'noted',
      at,
      actor: confirmer,
      details: {
        name,
        change: 'passkeys',
        personId,
        passkeys: frozen.before.passkeys,
        proposalId: frozen.proposalId,
      },
    })
    return ok(undefined)
  },
  facts: ({ subject }) => ({ subject: subject.name }),
}

/** As a proposal freezes them. */
export async function namesOfPasskeys(tx: Transaction, personId: string): Promise<string[]> {
  const rows = await tx.passkey.findMany({ where: { personId, removedAt: null }, select: { name: true } })
  return rows.map(({ name }) => name).sort()
}
