import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../../audit/append-event'
import { closeSessions } from '../../auth/close-sessions'
import type { ServiceError } from '../../context'
import { LOCAL_ISSUER } from '../../people/local-issuer'
import { makeInvitation } from '../../people/make-invitation'
import type { ProposalRules } from '../rules'
import { checkUnchanged, type PersonState, readPerson } from './person-state'

/**
 * A forgotten or stolen password: the old one is gone and the sessions are ended with the confirmation; the person sets
 * another one by the new invitation.
 */
export const renewInvitation: ProposalRules<'renew_invitation'> = {
  check: async (tx, { subject, before, after }) => {
    const state = await readPerson(tx, subject.id)
    if (!state) return err({ code: 'not-found' })
    const present = { email: state.person.email, roles: state.roles }
    const unchanged = checkUnchanged(before, present)
    return unchanged.ok && checkUnchanged(before, after).ok ? checkInvitable(state) : err({ code: 'proposal-changed' })
  },
  apply: async (act) => {
    const { tx, confirmer, frozen, at } = act
    const { id: personId, name } = frozen.subject
    await tx.person.update({ where: { id: personId }, data: { passwordHash: null, changedAt: at } })
    await closeSessions(tx, { personId }, { at, by: confirmer, because: 'administrator' })
    await appendEvent(tx, {
      type: 'person.changed',
      phase: 'noted',
      at,
      actor: confirmer,
      details: { name, change: 'password', personId, proposalId: frozen.proposalId },
    })
    return makeInvitation(act, { personId, name })
  },
  facts: ({ subject }) => ({ subject: subject.name }),
}

export function checkInvitable({ person }: PersonState): Result<void, ServiceError> {
  if (person.issuer !== LOCAL_ISSUER) {
    const message = 'This person signs in at the identity provider, where the password is.'
    return err({ code: 'not-permitted', message })
  }
  if (!person.disabledAt) return ok(undefined)
  return err({ code: 'not-permitted', message: 'This account is closed. Propose to enable it again first.' })
}
