import 'server-only'
import { sortRoles } from '@/lib/domain/people/role-rules'
import type { Role } from '@/lib/domain/people/roles'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import type { Transaction } from '../db/transaction'
import { thawProposal } from '../proposals/freeze-proposal'
import { propose } from '../proposals/propose'
import { LOCAL_ISSUER } from './local-issuer'

export interface NewPerson {
  /** `local`, or the identity provider's issuer. */
  issuer: string
  /** As the identity provider names them; null for a person of this installation, who is named by the e-mail. */
  subject: string | null
  name: string
  email: string
  roles: readonly Role[]
  reason: string
}

/** Proposes an account; somebody else confirms it, and only then is there a person. */
export async function proposePerson(
  ctx: Context,
  actor: Actor,
  input: NewPerson,
): Promise<Result<{ proposalId: string }, ServiceError>> {
  const { issuer, name } = input
  const email = input.email.trim()
  const local = issuer === LOCAL_ISSUER
  const subject = local ? email.toLowerCase() : input.subject?.trim()
  if (!subject) return err({ code: 'invalid-input', fields: { subject: 'Give the subject that the provider sends.' } })
  const id = ctx.newId()
  return propose(ctx, actor, {
    kind: 'create_person',
    reason: input.reason,
    build: async (tx, head) => {
      if (await isProposed(tx, { issuer, subject, now: ctx.clock() })) {
        const message = 'A proposal for this person waits already. Decide or withdraw it first.'
        return err({ code: 'already-so', message })
      }
      const after = { email, roles: sortRoles(input.roles) }
      return ok({
        ...head,
        kind: 'create_person',
        subject: { id, issuer, subject, name: name.trim() },
        before: null,
        after,
      })
    },
  })
}

/** Each new person has an id of their own, so the rule "one waiting per subject" does not see two for one identity. */
async function isProposed(
  tx: Transaction,
  { issuer, subject, now }: { issuer: string; subject: string; now: Date },
): Promise<boolean> {
  const where = { kind: 'create_person', status: 'waiting', expiresAt: { gt: now } } as const
  const waiting = await tx.proposal.findMany({ where })
  for (const row of waiting) {
    const frozen = await thawProposal(row)
    if (frozen?.kind !== 'create_person') continue
    if (frozen.subject.issuer === issuer && frozen.subject.subject === subject) return true
  }
  return false
}
