import type { Status, VaultState } from '@/components/layout/types'
import type { ConnectionState, StatusView } from '@/lib/domain/connections/views'

const STATES = {
  answering: 'answering',
  not_answering: 'not-answering',
  not_activated: 'not-activated',
  not_known: 'not-known',
} as const satisfies Record<ConnectionState, VaultState>

/** The status in the shell's words, for its first paint and for its poll alike. */
export function shellStatus(view: StatusView): Status {
  const vaults = view.vaults.map(({ id, name, state }) => ({ id, name, state: STATES[state] }))
  const { waitingReviews, waitingProposals, alarms, notices } = view
  return { waitingReviews, waitingProposals, alarms, notices, vaults }
}
