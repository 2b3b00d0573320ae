import { urlDay, urlPage, urlText } from '../keys/url-list'
import { withoutEmpty } from '../keys/without-empty'

/** What the address of every log holds: a search, whole days in UTC ('' where open), and the page. */
export interface LogView {
  text: string
  fromDay: string
  toDay: string
  page: number
}

/** A log's address as a zod shape; what is more than this the log adds itself. */
export const logParams = { q: urlText, from: urlDay, to: urlDay, page: urlPage }

type LogParams = { q: string; from: string; to: string; page: number }

export function toLogView({ q, from, to, page }: LogParams): LogView {
  return { text: q, fromDay: from, toDay: to, page }
}

/** The search parameters of a view with its `filters`, defaults left out. */
export function logUrl(view: LogView, filters: Record<string, readonly string[]>): Record<string, string> {
  const { text, fromDay, toDay, page } = view
  const joined = Object.entries(filters).map(([name, values]) => [name, values.join(' ')])
  return withoutEmpty({
    q: text,
    from: fromDay,
    to: toDay,
    ...Object.fromEntries(joined),
    page: page === 1 ? '' : String(page),
  })
}

/** What a service is asked: from the first to the last moment of the days chosen. */
export function logQuery({ text, fromDay, toDay, page }: LogView) {
  return {
    text,
    from: fromDay ? `${fromDay}T00:00:00.000Z` : null,
    to: toDay ? `${toDay}T23:59:59.999Z` : null,
    page,
  }
}
