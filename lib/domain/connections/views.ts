import type { CredentialReference } from './credential'
import type { ConnectionKind, Environment } from './kind'
import type { Capability } from './vault-operation'

export type ConnectionState = 'answering' | 'not_answering' | 'not_activated' | 'not_known'

export interface ConnectionView {
  id: string
  name: string
  kind: ConnectionKind
  url: string
  environment: Environment
  credentialType: CredentialReference['type']
  /** Names of settings; only for those who may change them, null for others. */
  credential: CredentialReference | null
  state: ConnectionState
  latencyMs: number | null
  checkedAt: string | null
  lastAnswerAt: string | null
  lastErrorCode: string | null
  lastErrorAt: string | null
  lastErrorWords: string | null
  indexedAt: string | null
  capabilities: Capability[]
  keyCount: number
}

/** With what waits for a second person about it; only those who may read proposals are told. */
export type ConnectionDocument = ConnectionView & { waiting: { id: string; kind: string }[] }

export interface AddConnectionInput {
  name: string
  kind: ConnectionKind
  url: string
  environment: Environment
  credential: CredentialReference
}

/** How a vault was last seen to be. */
export interface VaultStanding {
  id: string
  name: string
  environment: Environment
  state: ConnectionState
  lastAnswerAt: string | null
}

/** What the shell asks every few seconds. */
export interface StatusView {
  waitingReviews: number
  /** That this very reader may confirm. */
  waitingProposals: number
  alarms: number
  /** That concern this reader: expiries, silent vaults, outcomes not known. */
  notices: number
  vaults: VaultStanding[]
  /** By how much the console's clock is ahead of the database's (negative: behind); null: they agree. */
  clockAheadMs: number | null
}
