import type { AuditEventView } from './event'

/** Filters as they stand in the URL. */
export interface AuditQuery {
  /** Free text and `actor:` `key:` `vault:` `type:` `code:` terms; `-` before a term negates. */
  text: string
  from: string | null
  to: string | null
  phases: string[]
  page: number
  pageSize: number
}

export interface AuditPage {
  events: AuditEventView[]
  total: number
  page: number
  pageCount: number
}
