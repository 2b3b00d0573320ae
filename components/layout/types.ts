import type { ReactNode } from 'react'
import type { Theme } from '@/lib/client/theme'
import type { Role } from '@/lib/domain/people/roles'

/** Where this console stands, so that nobody takes one for another. */
export type Place = 'local' | 'test' | 'production'

/** How a vault was last seen to be. */
export type VaultState = 'answering' | 'not-answering' | 'not-known' | 'not-activated'

export type VaultHealth = { id: string; name: string; state: VaultState }

/** What the shell shows of the present moment, first from the server and then from the poll. */
export type Status = {
  waitingReviews: number
  waitingProposals: number
  alarms: number
  notices: number
  vaults: readonly VaultHealth[]
}

export type Person = { name: string; email: string; roles: readonly Role[] }

export type AppShellProps = {
  place: Place
  theme: Theme
  status: Status
  person: Person
  /** What lies over every page: dialogs and notes that no page owns. */
  overlays: ReactNode
  children: ReactNode
}
