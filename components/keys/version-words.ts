import type { KeyVersionView } from '@/lib/domain/keys/views'
import { isComparedBlind } from '@/lib/domain/reviews/may-decide'

/** A version as one says it; the whole of it stands beside a copy button. */
export function shortVersion(version: string): string {
  return `${version.slice(0, 8)}…`
}

/** The server sends no public value of such a version; the screens say why. */
export function isWithheld(version: Pick<KeyVersionView, 'import'>): boolean {
  return version.import !== null && isComparedBlind(version.import.status)
}
