import 'server-only'
import type { ConnectionState } from '@/lib/domain/connections/views'

const STATES: readonly string[] = ['answering', 'not_answering', 'not_activated'] satisfies ConnectionState[]

/** A stored state of health; no row, or a word we don't know, is "not known". */
export function toConnectionState(stored: string | undefined): ConnectionState {
  // Guaranteed by the list just asked.
  return stored !== undefined && STATES.includes(stored) ? (stored as ConnectionState) : 'not_known'
}
