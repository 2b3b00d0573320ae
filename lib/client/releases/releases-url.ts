import { z } from 'zod'
import { LOG_DECISIONS, type LogDecision } from '@/lib/domain/releases/history/vault-log-record'
import type { HistoryQuery } from '@/lib/domain/releases/history/views'
import { type LogView, logParams, logQuery, logUrl, toLogView } from '../audit/log-url'
import { oneOf, urlList } from '../keys/url-list'

export const HISTORY_PAGE_SIZE = 50

/** Filters as the form shows them. */
export interface HistoryView extends LogView {
  decisions: LogDecision[]
}

const schema = z.object({ ...logParams, decision: urlList(oneOf(LOG_DECISIONS)) })

export function parseHistoryUrl(params: Record<string, string | string[] | undefined>): HistoryView {
  const { decision, ...log } = schema.parse(params)
  return { ...toLogView(log), decisions: decision }
}

/** The search parameters of a view, defaults left out: what `routes.releases` takes. */
export const historyUrl = (view: HistoryView): Record<string, string> => logUrl(view, { decision: view.decisions })

export function historyQuery(view: HistoryView): HistoryQuery {
  return { ...logQuery(view), decisions: view.decisions, pageSize: HISTORY_PAGE_SIZE }
}
