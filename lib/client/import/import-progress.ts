import { z } from 'zod'
import { IMPORT_STATUSES, type ImportStatus } from '@/lib/domain/imports/status'

export const importProgressSchema = z.object({
  status: z.enum(IMPORT_STATUSES),
  failureWords: z.string().nullable(),
})
export type ImportProgress = z.infer<typeof importProgressSchema>

/** These change without anybody acting on the page. */
const MOVING: readonly ImportStatus[] = ['uploading', 'indeterminate', 'enabling', 'rejecting']

export function isMoving(status: ImportStatus): boolean {
  return MOVING.includes(status)
}

/** One poll. The header says that nobody acted, so no session is prolonged by it. */
export async function fetchImportProgress(href: string, signal: AbortSignal): Promise<ImportProgress> {
  const response = await fetch(href, { signal, cache: 'no-store', headers: { 'x-drawbridge-poll': '1' } })
  if (!response.ok) throw new Error(`the status answered ${response.status}`)
  return importProgressSchema.parse(await response.json())
}
