import { HISTORY_FIELDS, type HistoryField, type HistoryView, historyUrl } from '@/lib/client/releases/releases-url'
import { FIRST_SEEN, FIRST_SEEN_WORDS } from '@/lib/domain/releases/history/first-seen'
import { LOG_DECISIONS } from '@/lib/domain/releases/history/vault-log-record'
import { routes } from '@/lib/routes'
import { LabelledInput } from '../audit/labelled-input'
import { LogSearch } from '../audit/log-search'
import { toggled } from '../keys/inventory-links'
import { FilterBar, FilterChip, FilterGroup } from '../ui/filter-bar'
import { TextLink } from '../ui/text-link'
import { historyHref } from './history-links'

const WORDS = { allowed: 'Released', denied: 'Denied', failed: 'Failed' } as const

const FIELD_WORDS = {
  key: 'Key',
  vault: 'Vault',
  who: 'Person',
  env: 'Environment',
} as const satisfies Record<HistoryField, string>

/** Search, fields, days and decision: one GET form and links, so that the address holds everything. */
export function HistoryFilters({ view }: { view: HistoryView }) {
  const filtered = Object.keys(historyUrl({ ...view, cursor: null })).length > 0
  return (
    <div className="flex flex-col gap-3 print:hidden">
      <FilterBar>
        <LogSearch action={routes.releases()} view={view} kept={{ decision: view.decisions, first: view.first }}>
          {HISTORY_FIELDS.map((name) => (
            <LabelledInput
              key={name}
              className="w-36"
              name={name}
              label={FIELD_WORDS[name]}
              type="search"
              value={view[name]}
            />
          ))}
        </LogSearch>
        {filtered ? (
          <TextLink href={routes.releases()} className="self-end px-2 py-2 text-table">
            Clear filters
          </TextLink>
        ) : null}
      </FilterBar>
      <div className="flex flex-wrap gap-x-8 gap-y-3">
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
        <FilterGroup label="Seen for the first time">
          {FIRST_SEEN.map((seen) => (
            <FilterChip
              key={seen}
              active={view.first.includes(seen)}
              href={historyHref(view, { first: toggled(view.first, seen) })}
            >
              {FIRST_SEEN_WORDS[seen]}
            </FilterChip>
          ))}
        </FilterGroup>
      </div>
    </div>
  )
}
