import 'server-only'
import { type ImportStatus, mayStep } from '@/lib/domain/imports/status'
import type { Prisma } from '../db/generated/client'
import type { Transaction } from '../db/transaction'

export interface ImportStep {
  id: string
  from: ImportStatus
  to: ImportStatus
  /** Left out: whatever it is now. */
  revision?: number
  data?: Prisma.ImportUncheckedUpdateManyInput
}

/** A change of status, conditional on the status (and revision) that it was decided on. False: somebody was faster. */
export async function stepImport(tx: Transaction, step: ImportStep): Promise<boolean> {
  if (!mayStep(step.from, step.to)) throw new Error(`an import can't go from ${step.from} to ${step.to}`)
  const where = { id: step.id, status: step.from, ...(step.revision === undefined ? {} : { revision: step.revision }) }
  const { count } = await tx.import.updateMany({
    where,
    data: { ...step.data, status: step.to, revision: { increment: 1 } },
  })
  return count === 1
}

/**
 * Claims a waiting import for one decision: a write that changes nothing, so that whoever comes second queues behind it
 * and then sees what the first has made of it. False: it waits no more, or is not what was seen.
 */
export async function claimImport(tx: Transaction, seen: { id: string; revision: number }): Promise<boolean> {
  const { count } = await tx.import.updateMany({
    where: { id: seen.id, status: 'awaiting_review', revision: seen.revision },
    data: { revision: seen.revision },
  })
  return count === 1
}
