import 'server-only'
import { type StepUpMethod, stepUpMethods } from '@/lib/domain/people/step-up'
import type { Actor, Context } from '../context'
import type { Transaction } from '../db/transaction'

/** What this person can prove their presence with now; see `lib/domain/people/step-up.ts`. */
export async function stepUpMethodsOf(
  db: Context['db'] | Transaction,
  { personId, issuer }: Pick<Actor, 'personId' | 'issuer'>,
): Promise<StepUpMethod[]> {
  const passkey = await db.passkey.findFirst({ where: { personId, removedAt: null }, select: { id: true } })
  return stepUpMethods({ issuer, hasPasskey: passkey !== null })
}
