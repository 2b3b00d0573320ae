import 'server-only'
import { err, ok } from '@/lib/domain/result'
import { appendEvent } from '../../audit/append-event'
import type { ProposalRules } from '../rules'
import { checkUnchanged, readPerson } from './person-state'

/** Opens an account that one administrator closed. Its password and passkeys are as they were. */
export const enablePerson: ProposalRules<'enable_person'> = {
  check: async (tx, { subject, before }) => {
    const state = await readPerson(tx, subject.id)
    if (!state) return err({ code: 'not-found' })
    if (!state.person.disabledAt) return err({ code: 'already-so', message: 'This account is open.' })
    return checkUnchanged(before, { disabled: true, roles: state.roles })
  },
  apply: async ({ tx, confirmer, frozen, at }) => {
    const { id: personId, name } = frozen.subject
    await tx.person.update({ where: { id: personId }, data: { disabledAt: null, changedAt: at } })
    await appendEvent(tx, {
      type: 'person.changed',
      phase: 'noted',
      at,
      actor: confirmer,
      details: { name, change: 'enabled', personId, proposalId: frozen.proposalId },
    })
    return ok(undefined)
  },
  facts: ({ subject }) => ({ subject: subject.name }),
}
