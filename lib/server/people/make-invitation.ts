import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import type { Transaction } from '../db/transaction'

export const INVITATION_LIFETIME_MS = 72 * 60 * 60 * 1000

interface Inviting {
  ctx: Pick<Context, 'newId'>
  tx: Transaction
  confirmer: Actor
  frozen: { proposalId: string }
  at: Date
  invitationSha256: string | null
}

/**
 * The one-time invitation of a confirmation. The token is made in the confirmer's browser, which sends its SHA-256 only:
 * so it stands in no answer, no idempotency row and no log of this server. Earlier unused ones are taken back.
 */
export async function makeInvitation(
  { ctx, tx, confirmer, frozen, at, invitationSha256 }: Inviting,
  person: { personId: string; name: string },
): Promise<Result<void, ServiceError>> {
  if (invitationSha256 === null) {
    const message = 'The invitation’s digest is missing. Reload the page and confirm again.'
    return err({ code: 'invalid-input', message })
  }
  await voidInvitations(tx, person.personId, at)
  await tx.invitation.create({
    data: {
      id: ctx.newId(),
      personId: person.personId,
      proposalId: frozen.proposalId,
      tokenSha256: invitationSha256,
      createdAt: at,
      expiresAt: new Date(at.getTime() + INVITATION_LIFETIME_MS),
    },
  })
  await appendEvent(tx, {
    type: 'person.invited',
    phase: 'noted',
    at,
    actor: confirmer,
    details: { name: person.name, proposalId: frozen.proposalId },
  })
  return ok(undefined)
}

/** No invitation of theirs opens anything any more. */
export async function voidInvitations(tx: Transaction, personId: string, at: Date): Promise<void> {
  await tx.invitation.updateMany({ where: { personId, usedAt: null, voidedAt: null }, data: { voidedAt: at } })
}
