import 'server-only'
import type { Transaction } from '../db/transaction'

interface Ending {
  at: Date
  by: string
  because: 'administrator' | 'disabled'
}

/** Ends every session of a person, in the caller's transaction; answers how many were open. */
export async function endAllSessions(tx: Transaction, personId: string, { at, by, because }: Ending): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { personId, endedAt: null },
    data: { endedAt: at, endedBecause: because, endedById: by },
  })
  return count
}
