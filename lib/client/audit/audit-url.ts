import { z } from 'zod'
import { AUDIT_PHASES, type AuditPhase } from '@/lib/domain/audit/event'
import type { AuditQuery } from '@/lib/domain/audit/query'
import { oneOf, urlList } from '../keys/url-list'
import { type LogView, logParams, logQuery, logUrl, toLogView } from './log-url'

export const AUDIT_PAGE_SIZE = 50

/** Filters as the form shows them. */
export interface AuditView extends LogView {
  phases: AuditPhase[]
}

const schema = z.object({ ...logParams, phase: urlList(oneOf(AUDIT_PHASES)) })

export function parseAuditUrl(params: Record<string, string | string[] | undefined>): AuditView {
  const { phase, ...log } = schema.parse(params)
  return { ...toLogView(log), phases: phase }
}

/** The search parameters of a view, defaults left out: what `routes.audit` takes. */
export const auditUrl = (view: AuditView): Record<string, string> => logUrl(view, { phase: view.phases })

export function auditQuery(view: AuditView): AuditQuery {
  return { ...logQuery(view), phases: view.phases, pageSize: AUDIT_PAGE_SIZE }
}
