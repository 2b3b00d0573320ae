import 'server-only'
import type { Transaction } from '../db/transaction'
import { OPEN } from '../operations/is-open'

/**
 * Acts whose outcome is not known yet. Not a release that nobody heard the end of: it changed nothing at the vault, only the
 * vault's log can tell it, and where none is read it would stay open for good.
 */
export async function hasOpenOperations(tx: Transaction, connectionId: string): Promise<boolean> {
  const untold = { kind: 'release_key' as const, status: 'indeterminate' as const }
  return (await tx.operation.count({ where: { connectionId, status: OPEN, NOT: untold } })) > 0
}

/** Acts, and reviews that are still to be decided. */
export async function hasOpenWork(tx: Transaction, connectionId: string): Promise<boolean> {
  if (await hasOpenOperations(tx, connectionId)) return true
  const undecided = ['uploading', 'indeterminate', 'awaiting_review', 'enabling', 'rejecting'] as const
  if ((await tx.import.count({ where: { connectionId, status: { in: [...undecided] } } })) > 0) return true
  const asked = { status: { in: ['awaiting_review' as const, 'enabling' as const] } }
  return (await tx.enableRequest.count({ where: { connectionId, ...asked } })) > 0
}
