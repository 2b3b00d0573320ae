import 'server-only'
import type { OidcRefusal } from '@/lib/domain/people/oidc-refusal'
import type { SignInPlace } from '../auth/sign-in'
import type { Context } from '../context'
import { inTransaction, type Transaction } from '../db/transaction'
import { takeOf } from '../doors/allowances'
import { withinAuditTime } from '../doors/audit-unavailable'
import { networkOf } from '../doors/client-address'

interface RefusedSignIn {
  at: Date
  code: OidcRefusal
  person: { id: string; name: string } | null
  /** As the provider said it, verified; null where nobody was named. */
  who: { issuer: string; subject: string; name: string } | null
  /** Which part was wrong; never a token, a code or a provider's own text. */
  fault?: string
}

export async function writeRefusedSignIn(tx: Transaction, refused: RefusedSignIn): Promise<void> {
  const { at, code, person, who, fault } = refused
  await tx.auditEvent.create({
    data: {
      at,
      type: 'sign-in.refused',
      phase: 'refused',
      actorId: person?.id ?? null,
      actorName: person?.name ?? null,
      code,
      details: { method: 'oidc', knownPerson: person !== null, ...(who ?? {}), ...(fault ? { fault } : {}) },
    },
  })
}

/**
 * A refusal before anybody was named: a lost flow, an answer that was not accepted, a provider that said no. One address
 * fills the record with few of them: whoever has no account could otherwise do it without end.
 */
export async function recordNamelessRefusal(
  ctx: Pick<Context, 'db' | 'clock'>,
  { code, fault }: { code: OidcRefusal; fault: string },
  { address }: SignInPlace,
): Promise<void> {
  const noted = await withinAuditTime(takeOf(ctx, 'noted-refusal', `oidc:${networkOf(address)}`))
  if (!noted.ok) return
  const refused = { at: ctx.clock(), code, person: null, who: null, fault }
  await withinAuditTime(inTransaction(ctx.db, (tx) => writeRefusedSignIn(tx, refused)))
}
