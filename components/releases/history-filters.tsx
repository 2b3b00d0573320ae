import { type HistoryView, historyUrl } from '@/lib/client/releases/releases-url'
import { LOG_DECISIONS } from '@/lib/domain/releases/history/vault-log-record'
import { routes } from '@/lib/routes'
import { LabelledInput } from '../audit/labelled-input'
import { toggled } from '../keys/inventory-links'
import { buttonClass } from '../ui/control-style'
import { FilterBar, FilterChip, FilterGroup } from '../ui/filter-bar'
import { TextLink } from '../ui/text-link'
import { historyHref } from './history-links'

const WORDS = { allowed: 'Released', denied: 'Denied', failed: 'Failed' } as const

/** Search, days and decision: one GET form and links, so that the address holds everything. */
export function HistoryFilters({ view }: { view: HistoryView }) {
  const filtered = Object.keys(historyUrl({ ...view, page: 1 })).length > 0
  return (
    <div className="flex flex-col gap-3 print:hidden">
      <FilterBar>
        <form action={routes.releases()} className="flex flex-wrap items-end gap-2">
          {view.decisions.length > 0 ? <input type="hidden" name="decision" value={view.decisions.join(' ')} /> : null}
          <LabelledInput className="w-80" name="q" label="Search" type="search" value={view.text} />
          <LabelledInput name="from" label="From (UTC)" type="date" value={view.fromDay} />
          <LabelledInput name="to" label="To (UTC)" type="date" value={view.toDay} />
          <button type="submit" className={buttonClass('secondary', 'medium')}>
            Search
          </button>
        </form>
        {filtered ? (
          <TextLink href={routes.releases()} className="self-end px-2 py-2 text-table">
            Clear filters
          </TextLink>
        ) : null}
      </FilterBar>
      <FilterGroup label="Decision">
        {LOG_DECISIONS.map((decision) => (
          <FilterChip
            key={decision}
            active={view.decisions.includes(decision)}
            href={historyHref(view, { decisions: toggled(view.decisions, decision) })}
          >
            {WORDS[decision]}
          </FilterChip>
        ))}
      </FilterGroup>
    </div>
  )
}
