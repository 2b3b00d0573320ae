import type { EvaluationMark } from './evaluation-views'
import type { FirstSeen } from './first-seen'
import type { AsideReason, LogDecision } from './vault-log-record'

/** Filters as they stand in the address. Instants are ISO 8601 in UTC. */
export interface HistoryQuery {
  /** Free text and `key:` `vault:` `who:` `env:` `from:` `code:` terms; `-` before a term negates. */
  text: string
  from: string | null
  to: string | null
  decisions: readonly LogDecision[]
  /** Only records that are the first of one of these; empty: all. */
  first: readonly FirstSeen[]
  /** From a record on, by its digest; null: from the newest. */
  cursor: RecordCursor | null
  pageSize: number
}

/** Where a page of the history begins: behind a record, into the past or towards now. It stays where it is when more is read. */
export type RecordCursor = { towards: 'older' | 'newer'; digest: string }

/** One record of a vault's log as screens and exports show it. */
export interface LogRecordView {
  /** SHA-256 of what it says: its address, too. */
  digest: string
  at: string
  vault: string
  connectionId: string | null
  connectionName: string | null
  operation: string
  keyName: string | null
  keyVersion: string | null
  decision: LogDecision
  status: number | null
  signature: string | null
  releaseCode: string | null
  description: string | null
  objectId: string | null
  appId: string | null
  upn: string | null
  address: string | null
  correlationId: string | null
  /** When Drawbridge read it. */
  readAt: string
}

/** A release as a list shows it: of what it is the first, as far as the logs were read. */
export interface ReleaseView extends LogRecordView {
  firstSeen: readonly FirstSeen[]
  /** null: nobody has its token. */
  evaluation: EvaluationMark | null
}

export interface HistoryPage {
  /** Newest first. */
  records: ReleaseView[]
  /** Of all that match, exactly. */
  total: number
  /** Of all that match: how many have been evaluated against a policy. */
  evaluated: number
  /** Whether there are more on either side of `records`. */
  hasNewer: boolean
  hasOlder: boolean
}

/** Somebody who asked one vault for releases. */
export interface CallerView {
  /** Object id, else application, else name; null: the log names nobody. */
  person: string | null
  upn: string | null
  /** At most three of the applications that they asked by. */
  appIds: string[]
  /** Keys that they asked for, and how many of the calls ended how. */
  keys: number
  allowed: number
  denied: number
  failed: number
  lastAt: string
  /** null: they were never released anything. */
  lastReleasedAt: string | null
}

/** Those who asked one vault, as far as its log was read. */
export interface CallersView {
  vault: string
  connectionName: string | null
  /** Of all; `callers` are those who were released most. */
  total: number
  callers: CallerView[]
}

/** What should be none; `records` are the newest of them. */
export interface Standing {
  count: number
  records: LogRecordView[]
}

/** A run of hours that all have a file, or all have none. */
export interface HourSpan {
  kind: 'read' | 'gap'
  /** Start of the first hour. */
  from: string
  /** End of the last hour. */
  to: string
  hours: number
}

/** What has been read of one vault's log. */
export interface VaultLogView {
  vault: string
  /** Newest first. */
  spans: HourSpan[]
  /** Bytes that lie in its files and are not in the history: a record that is being written, or a file that can't be read. */
  unreadBytes: number
  readAt: string
}

export interface LogSourceView {
  place: string
  readAt: string | null
  problemAt: string | null
  /** Of a source without files: up to when it was asked for its records; null: it has files, or was never answered. */
  readUpTo: string | null
}

export interface AsideView {
  digest: string
  path: string
  reason: AsideReason
  excerpt: string
  readAt: string
}

export interface LogReadingView {
  sources: LogSourceView[]
  vaults: VaultLogView[]
  aside: { count: number; newest: AsideView[] }
}
