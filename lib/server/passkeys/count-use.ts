import 'server-only'
import type { Transaction } from '../db/transaction'
import type { VerifiedUse } from './verify-assertion'

/**
 * Writes a use, if the authenticator's counter has gone on (or it keeps none: always 0) and the passkey is live and of the
 * kind it was. One conditional update, so that of two answers with one counter only one counts. False: perhaps a copy of
 * the passkey is about.
 */
export async function countUse(tx: Transaction, use: VerifiedUse, at: Date): Promise<boolean> {
  const { count } = await tx.passkey.updateMany({
    where: {
      id: use.passkeyId,
      removedAt: null,
      deviceType: use.deviceType,
      counter: use.counter === 0n ? 0n : { lt: use.counter },
    },
    data: { counter: use.counter, backedUp: use.backedUp, lastUsedAt: at },
  })
  return count === 1
}
