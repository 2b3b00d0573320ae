import 'server-only'
import type { OidcRefusal } from '@/lib/domain/people/oidc-refusal'
import { err, ok, type Result } from '@/lib/domain/result'
import { type SignInPlace, startSession } from '../auth/sign-in'
import type { Context } from '../context'
import { inTransaction, isUniqueViolation, type Transaction } from '../db/transaction'
import { withinAuditTime } from '../doors/audit-unavailable'
import type { Identity } from './identity'
import { findPerson, type KnownPerson, personByClaims } from './person-by-claims'
import type { OidcProvider } from './provider'
import { writeRefusedSignIn } from './record-refused-sign-in'

type Needs = Pick<Context, 'db' | 'clock' | 'newId'>
type Trusted = Pick<OidcProvider, 'mapping'>

/**
 * Lets in, or not, whom the provider has named: account, roles, session and their events in one transaction.
 * A refusal commits too, with what it took away and its event.
 */
export async function admitPerson(
  ctx: Needs,
  provider: Trusted,
  identity: Identity,
  place: SignInPlace,
): Promise<Admission> {
  try {
    return await admitOnce(ctx, provider, identity, place)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return admitOnce(ctx, provider, identity, place) // their other first sign-in, at the same moment, has made the account
  }
}

type Admission = Result<{ sessionId: string }, OidcRefusal>

function admitOnce(ctx: Needs, provider: Trusted, identity: Identity, place: SignInPlace): Promise<Admission> {
  return withinAuditTime(
    inTransaction(ctx.db, async (tx) => {
      const known = await findPerson(tx, identity)
      const admitted = await standing(ctx, tx, provider, known, identity)
      if (admitted.ok) return ok({ sessionId: (await startSession(ctx, tx, admitted.value, place, 'oidc')).sessionId })
      const { issuer, subject, name } = identity
      await writeRefusedSignIn(tx, {
        at: ctx.clock(),
        code: admitted.error,
        person: known,
        who: { issuer, subject, name },
      })
      return err(admitted.error)
    }),
  )
}

/** Whose roles were given here by two administrators keeps them, whatever the claims say. */
async function standing(
  ctx: Needs,
  tx: Transaction,
  provider: Trusted,
  known: KnownPerson | null,
  identity: Identity,
): Promise<Result<{ id: string; name: string }, OidcRefusal>> {
  if (known?.disabledAt) return err('disabled')
  if (known?.rolesFrom === 'given') return ok(known)
  return personByClaims(ctx, tx, provider, known, identity)
}
