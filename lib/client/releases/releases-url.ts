import { z } from 'zod'
import { LOG_DECISIONS, type LogDecision } from '@/lib/domain/releases/history/vault-log-record'
import type { HistoryQuery } from '@/lib/domain/releases/history/views'
import { oneOf, urlDay, urlList, urlPage, urlText } from '../keys/url-list'
import { withoutEmpty } from '../keys/without-empty'

export const HISTORY_PAGE_SIZE = 50

/** Filters as the form shows them: whole days in UTC. */
export interface HistoryView {
  text: string
  fromDay: string
  toDay: string
  decisions: LogDecision[]
  page: number
}

const schema = z.object({
  q: urlText,
  from: urlDay,
  to: urlDay,
  decision: urlList(oneOf(LOG_DECISIONS)),
  page: urlPage,
})

export function parseHistoryUrl(params: Record<string, string | string[] | undefined>): HistoryView {
  const { q, from, to, decision, page } = schema.parse(params)
  return { text: q, fromDay: from, toDay: to, decisions: decision, page }
}

/** The search parameters of a view, defaults left out: what `routes.releases` takes. */
export function historyUrl(view: HistoryView): Record<string, string> {
  return withoutEmpty({
    q: view.text,
    from: view.fromDay,
    to: view.toDay,
    decision: view.decisions.join(' '),
    page: view.page === 1 ? '' : String(view.page),
  })
}

/** What the service is asked: from the first to the last moment of the days chosen. */
export function historyQuery(view: HistoryView): HistoryQuery {
  return {
    text: view.text,
    from: view.fromDay ? `${view.fromDay}T00:00:00.000Z` : null,
    to: view.toDay ? `${view.toDay}T23:59:59.999Z` : null,
    decisions: view.decisions,
    page: view.page,
    pageSize: HISTORY_PAGE_SIZE,
  }
}
