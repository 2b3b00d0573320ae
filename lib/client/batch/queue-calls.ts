import { sha256Hex } from '@/lib/crypto'
import type { Action, Problem } from '@/lib/domain/actions/action-result'
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

/** One confirmation, and exactly the submissions that it covers. */
export interface Confirmed {
  expiresAt: string
  covers: ReadonlySet<string>
}

export const confirmedBy = ({ expiresAt }: PreparedBatch, imports: readonly PreparedImport[]): Confirmed => ({
  expiresAt,
  covers: new Set(imports.map((each) => JSON.stringify(each))),
})

export function covers(confirmed: Confirmed | null, one: PreparedImport, now: number): boolean {
  if (!confirmed?.covers.has(JSON.stringify(one))) return false
  return Date.parse(confirmed.expiresAt) - SPARE_MS > now
}

/** A request has at most 256 kB: long tags on many files take more than one confirmation. */
const BYTES_AT_ONCE = 200_000

/** As many from the beginning as one request holds; at least one. */
export function portionOf(imports: readonly PreparedImport[]): PreparedImport[] {
  const encoder = new TextEncoder()
  let bytes = 0
  const beyond = imports.findIndex((each) => {
    bytes += encoder.encode(JSON.stringify(each)).length
    return bytes > BYTES_AT_ONCE
  })
  return imports.slice(0, beyond < 0 ? undefined : Math.max(1, beyond))
}

/** Longer than any allowance of the console asks for. */
const WAIT_AT_MOST_MS = 60_000

/** Nothing was done, and the console says when it would be: how long to wait; null: it is another problem. */
export function waitOf({ code, retryAfterMs }: Problem): number | null {
  return code === 'rate-limited' && retryAfterMs !== undefined ? Math.min(retryAfterMs, WAIT_AT_MOST_MS) : null
}

/** Ends early when stopped. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
