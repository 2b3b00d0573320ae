import { z } from 'zod'
import { AUDIT_PHASES, type AuditPhase } from '@/lib/domain/audit/event'
import type { AuditQuery } from '@/lib/domain/audit/query'
import { oneOf, urlDay, urlList, urlPage, urlText } from '../keys/url-list'
import { withoutEmpty } from '../keys/without-empty'

export const AUDIT_PAGE_SIZE = 50

/** Filters as the form shows them: whole days in UTC. */
export interface AuditView {
  text: string
  fromDay: string
  toDay: string
  phases: AuditPhase[]
  page: number
}

const schema = z.object({ q: urlText, from: urlDay, to: urlDay, phase: urlList(oneOf(AUDIT_PHASES)), page: urlPage })

export function parseAuditUrl(params: Record<string, string | string[] | undefined>): AuditView {
  const { q, from, to, phase, page } = schema.parse(params)
  return { text: q, fromDay: from, toDay: to, phases: phase, page }
}

/** The search parameters of a view, defaults left out: what `routes.audit` takes. */
export function auditUrl(view: AuditView): Record<string, string> {
  return withoutEmpty({
    q: view.text,
    from: view.fromDay,
    to: view.toDay,
    phase: view.phases.join(' '),
    page: view.page === 1 ? '' : String(view.page),
  })
}

/** What the service is asked: from the first to the last moment of the days chosen. */
export function auditQuery(view: AuditView): AuditQuery {
  return {
    text: view.text,
    from: view.fromDay ? `${view.fromDay}T00:00:00.000Z` : null,
    to: view.toDay ? `${view.toDay}T23:59:59.999Z` : null,
    phases: view.phases,
    page: view.page,
    pageSize: AUDIT_PAGE_SIZE,
  }
}
