import { isDecided } from '@/lib/domain/imports/status'
import type { KeyVersionView } from '@/lib/domain/keys/views'

/** A version as one says it; the whole of it stands beside a copy button. */
export function shortVersion(version: string): string {
  return `${version.slice(0, 8)}…`
}

/**
 * While its import is undecided, the vault's own public-key value is shown to nobody: whoever reviews it must bring
 * the value from the ceremony record, and compare blind.
 */
export function isWithheld(version: Pick<KeyVersionView, 'import'>): boolean {
  return version.import !== null && !isDecided(version.import.status)
}
