import 'server-only'
import { sortRoles } from '@/lib/domain/people/role-rules'
import type { Role } from '@/lib/domain/people/roles'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { frozenSubject, readPerson } from '../proposals/kinds/person-state'
import { namesOfPasskeys } from '../proposals/kinds/reset-passkeys'
import { propose } from '../proposals/propose'

type Answer = Promise<Result<{ proposalId: string }, ServiceError>>

export interface AboutPerson {
  personId: string
  reason: string
}

/** Other roles for somebody; never for oneself to confirm, but one may propose to lose a role. */
export function proposeRoles(ctx: Context, actor: Actor, input: AboutPerson & { roles: readonly Role[] }): Answer {
  return propose(ctx, actor, {
    kind: 'change_roles',
    reason: input.reason,
    build: async (tx, head) => {
      const state = await readPerson(tx, input.personId)
      if (!state) return err({ code: 'not-found' })
      const [before, after] = [{ roles: state.roles }, { roles: sortRoles(input.roles) }]
      return ok({ ...head, kind: 'change_roles', subject: frozenSubject(state.person), before, after })
    },
  })
}

/** To open an account again that was closed. */
export function proposeEnable(ctx: Context, actor: Actor, input: AboutPerson): Answer {
  return propose(ctx, actor, {
    kind: 'enable_person',
    reason: input.reason,
    build: async (tx, head) => {
      const state = await readPerson(tx, input.personId)
      if (!state) return err({ code: 'not-found' })
      const { roles } = state
      const subject = frozenSubject(state.person)
      return ok({
        ...head,
        kind: 'enable_person',
        subject,
        before: { disabled: true, roles },
        after: { disabled: false, roles },
      })
    },
  })
}

/** To take a password away and invite its owner to set another: it opens the account, so it takes two. */
export function proposeInvitation(ctx: Context, actor: Actor, input: AboutPerson): Answer {
  return propose(ctx, actor, {
    kind: 'renew_invitation',
    reason: input.reason,
    build: async (tx, head) => {
      const state = await readPerson(tx, input.personId)
      if (!state) return err({ code: 'not-found' })
      const facts = { email: state.person.email, roles: state.roles }
      return ok({
        ...head,
        kind: 'renew_invitation',
        subject: frozenSubject(state.person),
        before: facts,
        after: facts,
      })
    },
  })
}

/** To take lost passkeys away: the password alone opens the account then, so it takes two. */
export function proposePasskeyReset(ctx: Context, actor: Actor, input: AboutPerson): Answer {
  return propose(ctx, actor, {
    kind: 'reset_passkeys',
    reason: input.reason,
    build: async (tx, head) => {
      const state = await readPerson(tx, input.personId)
      if (!state) return err({ code: 'not-found' })
      const { roles } = state
      const passkeys = await namesOfPasskeys(tx, input.personId)
      return ok({
        ...head,
        kind: 'reset_passkeys',
        subject: frozenSubject(state.person),
        before: { passkeys, roles },
        after: { passkeys: [], roles },
      })
    },
  })
}
