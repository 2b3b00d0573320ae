import type { Environment } from '../connections/kind'
import type { ImportStatus } from '../imports/status'
import type { ImportView } from '../imports/views'
import type { CannotDecide } from './may-decide'

export interface ReviewInbox {
  waiting: ReviewRow[]
  decided: ReviewRow[]
}

export type ReviewRow = {
  /** A request to enable, or for another release policy. */
  kind: 'import' | 'enable' | 'policy'
  id: string
  reference: string
  keyName: string
  vaultName: string
  environment: Environment
  askedByName: string
  askedAt: string
  status: string
  cannotDecide: CannotDecide | null
  /** Only while it waits. */
  approvals: { given: number; required: number; mine: boolean } | null
}

/** How far a waiting review is, and who can take it further. */
export interface ApprovalProgress {
  required: number
  /** The approvals that count now, oldest first. */
  given: { name: string; at: string; expiresAt: string; mine: boolean }[]
  /** Who may still approve, without the reader: names. */
  others: string[]
  /** The reader’s own approval stands and is not enough: nothing for them to approve again. */
  mineWaits: boolean
}

/** One fact of the frozen request beside the vault's present one. */
export interface FactRow {
  fact: string
  submitted: string
  inVault: string
  differs: boolean
}

export interface ImportReview {
  import: ImportView & { status: ImportStatus; revision: number }
  /** Fetched afresh; null when the vault could not be read. The vault's public-key value is never in here. */
  facts: FactRow[] | null
  factsAt: string | null
  factsProblem: string | null
  frozenSha256: string | null
  preflight: { id: string; title: string; group: string; verdict: string; fact: string; remedy?: string }[]
  cannotDecide: CannotDecide | null
  /** True for oct-HSM: enabling opens a window to ask for the key check value. */
  needsCheckValue: boolean
  /** Rejecting leaves these words true: a new version on an existing name stays the latest. */
  addedToExistingName: boolean
  mayDelete: boolean
  approvals: ApprovalProgress
}

export interface DecideInput {
  importId: string
  revision: number
  frozenSha256: string
  reason: string
  /** What the approver gave, as typed or as the dropped file's bytes in base64 (public material only). */
  expected: { text: string } | { fileBase64: string } | null
}

/** What every request shows to whoever decides it, whatever it asks for. */
export interface RequestReview {
  id: string
  reference: string
  keyName: string
  keyVersion: string
  kid: string
  connectionId: string
  vaultName: string
  environment: Environment
  requesterName: string
  requestedAt: string
  reason: string
  status: string
  revision: number
  frozenSha256: string
  /** The reader asked for it: they may take it back while it waits. */
  isOwn: boolean
  cannotDecide: CannotDecide | null
  approvals: ApprovalProgress
}

/** A decision on a request, of what its reader saw. */
export interface DecideRequestInput {
  enableRequestId: string
  revision: number
  frozenSha256: string
  reason: string
}

export interface EnableReview extends RequestReview {
  /** As the vault says now; false where it could not be read. */
  exportable: boolean
  /** Fetched afresh; null when the vault could not be read. */
  facts: FactRow[] | null
  factsProblem: string | null
}
