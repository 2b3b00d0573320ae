import 'server-only'
import type { Transaction } from '../db/transaction'

/** A sign-in waits this long for its passkey. */
export const SECOND_FACTOR_WAITS_MS = 5 * 60_000

/** Whoever has a passkey is asked for it: until when; null for everybody else. */
export async function owesSecondFactorUntil(tx: Transaction, personId: string, now: Date): Promise<Date | null> {
  const passkeys = await tx.passkey.count({ where: { personId, removedAt: null } })
  return passkeys > 0 ? new Date(now.getTime() + SECOND_FACTOR_WAITS_MS) : null
}
