import type { HistoryView } from '@/lib/client/releases/releases-url'
import type { HistoryPage } from '@/lib/domain/releases/history/views'
import { OlderNewer } from '../ui/older-newer'
import { historyHref } from './history-links'

/** From one page of the history to its neighbours. A page begins behind a record, and so stays what it is. */
export function HistoryPages({ view, page }: { view: HistoryView; page: HistoryPage }) {
  const { records, total, hasNewer, hasOlder } = page
  const from = (towards: 'older' | 'newer', digest: string | undefined) =>
    digest === undefined ? undefined : historyHref(view, { cursor: { towards, digest } })
  return (
    <OlderNewer
      newest={hasNewer ? historyHref(view, {}) : undefined}
      newer={hasNewer ? from('newer', records[0]?.digest) : undefined}
      older={hasOlder ? from('older', records.at(-1)?.digest) : undefined}
      summary={summary(records.length, total)}
    />
  )
}

function summary(shown: number, total: number): string {
  const all = `${total.toLocaleString('en')} ${total === 1 ? 'release' : 'releases'}`
  return shown < total ? `${shown} of ${all}` : all
}
