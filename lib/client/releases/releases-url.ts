import { z } from 'zod'
import { FIRST_SEEN, type FirstSeen } from '@/lib/domain/releases/history/first-seen'
import { LOG_DECISIONS, type LogDecision } from '@/lib/domain/releases/history/vault-log-record'
import type { HistoryQuery, RecordCursor } from '@/lib/domain/releases/history/views'
import { type LogView, logParams, logQuery, logUrl, toLogView } from '../audit/log-url'
import { oneOf, urlList, urlText } from '../keys/url-list'
import { withoutEmpty } from '../keys/without-empty'

export const HISTORY_PAGE_SIZE = 50

/** What a field of the form asks for, as the search's term of the same name would. */
export const HISTORY_FIELDS = ['key', 'vault', 'who', 'env'] as const
export type HistoryField = (typeof HISTORY_FIELDS)[number]
type Fields = Record<HistoryField, string>

/** Filters as the form shows them. Pages have no numbers: a million records lie behind a page of that number. */
export interface HistoryView extends Omit<LogView, 'page'>, Fields {
  decisions: LogDecision[]
  first: FirstSeen[]
  cursor: RecordCursor | null
}

const digest = urlText.transform((value) => (/^[0-9a-f]{64}$/.test(value) ? value : ''))
/** A term holds its value in quotes. */
const field = urlText.transform((value) => value.replaceAll('"', ' ').trim())
const schema = z.object({
  ...logParams,
  ...{ key: field, vault: field, who: field, env: field },
  decision: urlList(oneOf(LOG_DECISIONS)),
  first: urlList(oneOf(FIRST_SEEN)),
  older: digest,
  newer: digest,
})

export function parseHistoryUrl(params: Record<string, string | string[] | undefined>): HistoryView {
  const { decision, first, older, newer, ...log } = schema.parse(params)
  const { text, fromDay, toDay } = toLogView(log)
  const { key, vault, who, env } = log
  const fields = { key, vault, who, env }
  return { ...fields, text, fromDay, toDay, decisions: decision, first, cursor: cursorOf(older, newer) }
}

function cursorOf(older: string, newer: string): RecordCursor | null {
  if (older !== '') return { towards: 'older', digest: older }
  return newer === '' ? null : { towards: 'newer', digest: newer }
}

/** The search parameters of a view, defaults left out: what `routes.releases` takes. */
export function historyUrl({ decisions, first, cursor, ...log }: HistoryView): Record<string, string> {
  const fields = Object.fromEntries(HISTORY_FIELDS.map((name) => [name, [log[name]]]))
  const filters = logUrl({ ...log, page: 1 }, { ...fields, decision: decisions, first })
  return cursor === null ? filters : withoutEmpty({ ...filters, [cursor.towards]: cursor.digest })
}

export function historyQuery({ decisions, first, cursor, ...log }: HistoryView): HistoryQuery {
  const { text, from, to } = logQuery({ ...log, page: 1 })
  return {
    text: [...termsOf(log), text].join(' ').trim(),
    from,
    to,
    decisions,
    first,
    cursor,
    pageSize: HISTORY_PAGE_SIZE,
  }
}

/** The fields come first, so that a long search crowds none of them out. */
function termsOf(fields: Fields): string[] {
  return HISTORY_FIELDS.flatMap((name) => (fields[name] === '' ? [] : [`${name}:"${fields[name]}"`]))
}
