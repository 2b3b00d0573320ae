import type { AuditEventView } from '../audit/event'
import type { Environment } from '../connections/kind'
import { IMPORT_ORIGINS, type ImportOrigin } from '../imports/origin'
import type { ImportStatus } from '../imports/status'
import type { KeyState } from './key-state'
import type { OperationNow } from './what-works'

/** How a key came into its vault, as far as our own records tell. */
export const KEY_ORIGINS = [...IMPORT_ORIGINS, 'generated', 'unknown'] as const
export type KeyOrigin = (typeof KEY_ORIGINS)[number]

/** Times in views are ISO 8601 in UTC; null is "not recorded". */

export interface InventoryRow {
  id: string
  connectionId: string
  vaultName: string
  environment: Environment
  name: string
  /** "RSA-HSM", … ; null while only its deletion is known. */
  kty: string | null
  sizeOrCurve: string | null
  hsmPlatform: string | null
  state: KeyState
  compromised: boolean
  isKek: boolean
  /** The latest version's import that is still undecided. */
  underReview: boolean
  origin: KeyOrigin
  expiresAt: string | null
  updatedAt: string | null
}

export const INVENTORY_SORTS = ['name', 'vault', 'type', 'state', 'expires', 'updated'] as const
export type InventorySort = (typeof INVENTORY_SORTS)[number]

export interface InventoryQuery {
  text: string
  connectionIds: string[]
  states: KeyState[]
  types: string[]
  origins: KeyOrigin[]
  /** Only keys that expire within so many days. */
  expiresWithinDays: number | null
  sort: InventorySort
  descending: boolean
  page: number
  pageSize: number
}

export interface InventoryPage {
  rows: InventoryRow[]
  total: number
  page: number
  pageCount: number
  /** One entry a vault: how old what we show of it is, and whether it can be read. */
  sources: InventorySource[]
}

export interface InventorySource {
  connectionId: string
  vaultName: string
  vaultUrl: string
  environment: Environment
  state: 'answering' | 'not_answering' | 'not_activated' | 'not_known'
  indexedAt: string | null
  lastErrorCode: string | null
}

export interface KeyVersionView {
  version: string
  kid: string
  state: KeyState
  enabled: boolean
  notBefore: string | null
  expiresAt: string | null
  createdAt: string | null
  updatedAt: string | null
  isLatest: boolean
  compromised: { at: string; byName: string | null; reason: string } | null
  import: { id: string; reference: string; status: ImportStatus; origin: ImportOrigin } | null
}

export interface KeyDetail {
  connectionId: string
  vaultName: string
  vaultUrl: string
  environment: Environment
  name: string
  deleted: { at: string | null; scheduledPurgeAt: string | null; recoveryLevel: string | null } | null
  managed: boolean
  origin: KeyOrigin
  isKek: boolean
  versions: KeyVersionView[]
  /** The version looked at: the one asked for, else the latest. */
  selected: KeyVersionView & {
    kty: string | null
    sizeOrCurve: string | null
    keyOps: string[]
    tags: Record<string, string>
    hsmPlatform: string | null
    exportable: boolean | null
    recoveryLevel: string | null
    publicKeyPem: string | null
    publicJwk: Record<string, string> | null
    spkiSha256: string | null
    jwkThumbprint: string | null
    whatWorks: OperationNow[]
    openEnableRequestId: string | null
    /** A proposal to take the mark "compromised" back waits. */
    unmarkProposalId: string | null
  }
  history: AuditEventView[]
  /** Facts as of then; null when the vault could not be read and the index was used. */
  freshAt: string | null
  indexedAt: string
  readProblem: string | null
}
