import { IMPORT_STATUSES, type ImportStatus } from '@/lib/domain/imports/status'

export interface ImportProgress {
  status: ImportStatus
  failureWords: string | null
}

/** These change without anybody acting on the page. */
const MOVING: readonly ImportStatus[] = ['uploading', 'indeterminate', 'enabling', 'rejecting']

export function isMoving(status: ImportStatus): boolean {
  return MOVING.includes(status)
}

/** One poll. The header says that nobody acted, so no session is prolonged by it. */
export async function fetchImportProgress(href: string, signal: AbortSignal): Promise<ImportProgress> {
  const response = await fetch(href, { signal, cache: 'no-store' })
  if (!response.ok) throw new Error(`the status answered ${response.status}`)
  return parseImportProgress(await response.json())
}

/** By hand: zod would cost these pages more than all else on them. */
export function parseImportProgress(value: unknown): ImportProgress {
  const fields: object = typeof value === 'object' && value !== null ? value : {}
  const status = IMPORT_STATUSES.find((known) => 'status' in fields && known === fields.status)
  if (!status) throw new Error('the status is none that this page knows')
  const words = 'failureWords' in fields && typeof fields.failureWords === 'string' ? fields.failureWords : null
  return { status, failureWords: words }
}
