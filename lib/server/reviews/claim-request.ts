import 'server-only'
import type { Transaction } from '../db/transaction'

/**
 * Claims a waiting request for one decision: a write that changes nothing, so that whoever comes second queues behind it
 * and then sees what the first has made of it. False: it waits no more, or is not what was seen.
 */
export async function claimRequest(tx: Transaction, seen: { id: string; revision: number }): Promise<boolean> {
  const { count } = await tx.enableRequest.updateMany({
    where: { id: seen.id, status: 'awaiting_review', revision: seen.revision },
    data: { revision: seen.revision },
  })
  return count === 1
}
