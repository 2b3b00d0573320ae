import { z } from 'zod'
import { FIRST_SEEN, type FirstSeen } from '@/lib/domain/releases/history/first-seen'
import { LOG_DECISIONS, type LogDecision } from '@/lib/domain/releases/history/vault-log-record'
import type { HistoryQuery, RecordCursor } from '@/lib/domain/releases/history/views'
import { type LogView, logParams, logQuery, logUrl, toLogView } from '../audit/log-url'
import { oneOf, urlList, urlText } from '../keys/url-list'
import { withoutEmpty } from '../keys/without-empty'

export const HISTORY_PAGE_SIZE = 50

/** Filters as the form shows them. Pages have no numbers: a million records lie behind a page of that number. */
export interface HistoryView extends Omit<LogView, 'page'> {
  decisions: LogDecision[]
  first: FirstSeen[]
  cursor: RecordCursor | null
}

const digest = urlText.transform((value) => (/^[0-9a-f]{64}$/.test(value) ? value : ''))
const schema = z.object({
  ...logParams,
  decision: urlList(oneOf(LOG_DECISIONS)),
  first: urlList(oneOf(FIRST_SEEN)),
  older: digest,
  newer: digest,
})

export function parseHistoryUrl(params: Record<string, string | string[] | undefined>): HistoryView {
  const { decision, first, older, newer, ...log } = schema.parse(params)
  const { text, fromDay, toDay } = toLogView(log)
  return { text, fromDay, toDay, decisions: decision, first, cursor: cursorOf(older, newer) }
}

function cursorOf(older: string, newer: string): RecordCursor | null {
  if (older !== '') return { towards: 'older', digest: older }
  return newer === '' ? null : { towards: 'newer', digest: newer }
}

/** The search parameters of a view, defaults left out: what `routes.releases` takes. */
export function historyUrl({ decisions, first, cursor, ...log }: HistoryView): Record<string, string> {
  const filters = logUrl({ ...log, page: 1 }, { decision: decisions, first })
  return cursor === null ? filters : withoutEmpty({ ...filters, [cursor.towards]: cursor.digest })
}

export function historyQuery({ decisions, first, cursor, ...log }: HistoryView): HistoryQuery {
  const { text, from, to } = logQuery({ ...log, page: 1 })
  return { text, from, to, decisions, first, cursor, pageSize: HISTORY_PAGE_SIZE }
}
