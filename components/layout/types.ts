import type { ReactNode } from 'react'
import type { IconType } from '../ui/icon'

/** Where this console stands, so that nobody takes one for another. */
export type Place = 'local' | 'test' | 'production'

export type NavItem = {
  label: string
  href: string
  icon: IconType
  /** The item whose badge counts what waits. */
  counted?: boolean
}

/** How a vault was last seen to be. */
export type VaultState = 'answering' | 'not-answering' | 'not-known' | 'not-activated'

export type VaultHealth = { id: string; name: string; state: VaultState }

/** What the shell shows of the present moment, first from the server and then from the poll. */
export type Status = { waitingReviews: number; alarms: number; vaults: readonly VaultHealth[] }

export type Person = { name: string; email: string; roles: readonly string[] }

export type AppShellProps = {
  place: Place
  nav: readonly NavItem[]
  /** Where the wordmark leads. */
  homeHref: string
  /** Where the vault dots lead. */
  vaultsHref: string
  /** The address that answers with a `Status` as JSON. */
  statusHref: string
  status: Status
  person: Person
  /** A form or button that signs out. */
  signOut: ReactNode
  children: ReactNode
}
