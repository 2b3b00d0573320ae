import 'server-only'

/** The record could not be written in time; nothing may reach the vault. */
export class AuditUnavailable extends Error {
  override readonly name = 'AuditUnavailable'
}

export const AUDIT_WITHIN_MS = 2_000

/**
 * Gives up on a database that is silent. What was begun may still commit later: whoever waits here must then do nothing
 * further, so that a late intent is an intent that nobody acted on, which the reconciler closes.
 */
export async function withinAuditTime<T>(work: Promise<T>, ms = AUDIT_WITHIN_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AuditUnavailable('the database did not answer in time')), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    work.catch(() => undefined) // lost the race: its failure has nobody left to tell
  }
}
