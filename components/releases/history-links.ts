import { type HistoryView, historyUrl } from '@/lib/client/releases/releases-url'
import { routes } from '@/lib/routes'

/** This view with something changed, from page 1 on. */
export function historyHref(view: HistoryView, change: Partial<HistoryView>): string {
  return routes.releases(historyUrl({ ...view, page: 1, ...change }))
}

/** What is on the screen as a file: every page of it. */
export function historyExportHref(view: HistoryView, format: 'csv' | 'jsonl'): string {
  return routes.releasesExport({ ...historyUrl({ ...view, page: 1 }), format })
}
