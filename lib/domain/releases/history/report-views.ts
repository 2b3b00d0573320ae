import type { ReleaseVerdict } from '../release-verdict'
import type { AsideReason } from './vault-log-record'
import type { HourSpan, LogRecordView } from './views'

/** The policy that a version had at an instant, as far as it was seen. */
export type PolicyThenView =
  /** `sha256` null: it was seen to have none. */
  | { known: 'policy'; sha256: string | null }
  | { known: 'changed-between'; from: string; to: string }
  | { known: 'nothing' }

export interface ReportRow {
  record: LogRecordView
  /** null: nobody has its token. `suppliedBy` null: it was asked for here. */
  evaluation: { verdict: ReleaseVerdict; suppliedBy: string | null; at: string } | null
  policy: PolicyThenView
}

/** A run of sightings of one version's policy, as far as it lies before the period's end. */
export interface ReportSighting {
  version: string
  sha256: string | null
  immutable: boolean
  from: string
  to: string
  seenBy: 'read' | 'own-change' | 'own-import' | 'own-creation'
}

export interface ReportPolicyChange {
  id: string
  reference: string
  version: string
  requestedBy: string
  requestedAt: string
  reason: string
  status: string
  /** SHA-256 of the policies' text. */
  before: string
  after: string
  decisions: { by: string; decision: 'approve' | 'reject'; reason: string; at: string; voided: boolean }[]
}

/** What of the period was read of the vault's log. */
export interface ReportReading {
  /** Oldest first, from the period's first hour to its last one that is over. */
  spans: HourSpan[]
  unreadBytes: number
  /** Files of which it is not known of which vault or hour they are: their records count, their hours do not. */
  filesWithoutHour: number
  /** Records kept aside of this vault's files of the period, by why; and of files that tell no vault or hour. */
  aside: { reason: AsideReason; count: number }[]
  asideElsewhere: number
  /** How the newest of all of them begin. */
  asideShown: { digest: string; path: string; reason: AsideReason; excerpt: string }[]
  /** Releases and refusals of this vault in the period whose record names no key. */
  unnamed: number
  /** Sources without files, and up to when each was asked for every record: no hour of theirs is in `spans`. */
  withoutFiles: { place: string; upTo: string }[]
}

/** `sha256` is of `text` in UTF-8, to the letter. */
export interface ReportPolicyText {
  sha256: string
  text: string
}

/** Everything about one key in one period, to print. Instants are ISO 8601 in UTC. */
export interface ReleaseReport {
  vaultName: string
  vaultUrl: string | null
  connectionId: string | null
  /** Its names in the logs. */
  logNames: string[]
  key: string
  from: string
  to: string
  /** The period is not over: more may come. */
  isOpen: boolean
  /** Oldest first; the newest of `total`. */
  rows: ReportRow[]
  total: number
  evaluated: number
  counts: Record<'allowed' | 'denied' | 'failed', number>
  sightings: ReportSighting[]
  sightingsTotal: number
  changes: ReportPolicyChange[]
  changesTotal: number
  /** Changes to the key that the log tells of and nobody made here, oldest first; the newest of `pastTotal`. */
  past: LogRecordView[]
  pastTotal: number
  /** The texts of the policies that it names; of so many it has none, or no room. */
  policies: ReportPolicyText[]
  policiesLeftOut: number
  reading: ReportReading
  made: { at: string; by: string; subject: string; issuer: string }
  /** SHA-256 of all that is above but how it is called and when it was made. */
  factsSha256: string
}
