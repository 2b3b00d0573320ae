import { type HistoryView, historyUrl } from '@/lib/client/releases/releases-url'
import { routes } from '@/lib/routes'

/** This view with something changed, from the newest on. */
export function historyHref(view: HistoryView, change: Partial<HistoryView>): string {
  return routes.releases(historyUrl({ ...view, cursor: null, ...change }))
}

/** What is on the screen as a file: all pages of it. */
export function historyExportHref(view: HistoryView, format: 'csv' | 'jsonl'): string {
  return routes.releasesExport({ ...historyUrl({ ...view, cursor: null }), format })
}

/** A report of what is searched for: where that is a key, of that key. Its vault is asked for there. */
export function reportHref({ key, text, fromDay, toDay }: HistoryView): string {
  const [, quoted, plain] = /(?:^|\s)key:(?:"([^"]*)"|(\S+))/.exec(text) ?? []
  return routes.releaseReport({ key: key || (quoted ?? plain ?? ''), from: fromDay, to: toDay })
}
