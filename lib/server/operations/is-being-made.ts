import 'server-only'
import type { Transaction } from '../db/transaction'
import { OPEN } from './is-open'

const MAKING = ['create_kek', 'create_key', 'import_key'] as const

/** Whether an act of ours is making a version of this name. Until its end nobody knows which version is whose. */
export async function isBeingMade(
  tx: Transaction,
  { connectionId, keyName }: { connectionId: string; keyName: string },
): Promise<boolean> {
  const open = await tx.operation.findFirst({
    where: {
      ...{ connectionId, keyName: { equals: keyName, mode: 'insensitive' } },
      ...{ kind: { in: [...MAKING] }, status: OPEN },
    },
    select: { id: true },
  })
  return open !== null
}
