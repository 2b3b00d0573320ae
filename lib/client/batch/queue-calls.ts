import { sha256Hex } from '@/lib/crypto'
import type { Action } from '@/lib/domain/actions/action-result'
import type { PreparedBatch, PreparedImport, SubmitImportInput } from '@/lib/domain/imports/views'
import type { WizardActions } from '../import/wizard-calls'

export type QueueActions = Pick<WizardActions, 'readTargetFacts' | 'submitImport'> & {
  prepareBatch: Action<{ imports: PreparedImport[] }, PreparedBatch>
}

/** What the one confirmation is asked for: each submission, its file named by its digest. */
export async function preparedOf({ file, ...rest }: SubmitImportInput): Promise<PreparedImport> {
  return { ...rest, file: { bytes: file.length, sha256: await sha256Hex(file) } }
}

/** A proof that is nearly over is asked for anew before the next file, for all that are left. */
const SPARE_MS = 30_000

export function lastsFor(prepared: PreparedBatch, now: number): boolean {
  return Date.parse(prepared.expiresAt) - SPARE_MS > now
}
