import 'server-only'
import type { Context } from '../context'

/**
 * Whether a version was ever enabled: seen enabled once is yes for good. Imported by us, and never enabled by us, is no.
 * Anything else that is found disabled is not known.
 */
export function learnEverEnabled(
  before: boolean | null | undefined,
  enabledNow: boolean,
  neverEnabledByUs: boolean,
): boolean | null {
  if (enabledNow || before === true) return true
  return before === false || neverEnabledByUs ? false : null
}

/** True for a version of our own import that no act of ours ever enabled, not even for its key check value. */
export async function isNeverEnabledImport(
  db: Context['db'],
  key: { connectionId: string; name: string; version: string },
): Promise<boolean> {
  const found = await db.import.findFirst({
    where: { connectionId: key.connectionId, keyName: key.name, keyVersion: key.version },
    select: { status: true, checkWindowMs: true },
  })
  return found !== null && found.checkWindowMs === null && found.status !== 'enabling' && found.status !== 'enabled'
}
