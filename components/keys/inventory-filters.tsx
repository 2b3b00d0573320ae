import type { ReactNode } from 'react'
import { EXPIRES_WITHIN_DAYS, inventoryUrl, isFiltered, withoutFilters } from '@/lib/client/keys/inventory-address'
import { KEY_STATE_WORDS, KEY_STATES } from '@/lib/domain/keys/key-state'
import { KEY_TYPES } from '@/lib/domain/keys/key-type'
import { type InventoryQuery, type InventorySource, KEY_ORIGINS } from '@/lib/domain/keys/views'
import { routes } from '@/lib/routes'
import { FilterBar } from '../ui/filter-bar'
import { SearchInput } from '../ui/search-input'
import { TextLink } from '../ui/text-link'
import { LazyFilterMenu } from './filter-menu'
import { inventoryHref, toggled } from './inventory-links'
import { ORIGIN_WORDS } from './key-words'

type InventoryFiltersProps = {
  query: InventoryQuery
  sources: readonly InventorySource[]
  /** What stands at the end of the row. */
  children: ReactNode
}

/** Search and filters over the inventory: all of it links and one GET form, so that the address holds everything. */
export function InventoryFilters({ query, sources, children }: InventoryFiltersProps) {
  const { q: _text, page: _page, ...keep } = inventoryUrl(query)
  return (
    <FilterBar>
      <SearchInput
        id="inventory-search"
        name="q"
        label="Search names and tags"
        defaultValue={query.text}
        action={routes.keys()}
        keep={keep}
      />
      <div className="flex flex-wrap items-center gap-2">
        <LazyFilterMenu
          id="filter-vault"
          label="Vault"
          chosen={sources.filter(({ connectionId }) => query.connectionIds.includes(connectionId)).length}
          options={() => vaultOptions(query, sources)}
        />
        <LazyFilterMenu
          id="filter-state"
          label="State"
          chosen={query.states.length}
          options={() => stateOptions(query)}
        />
        <LazyFilterMenu id="filter-type" label="Type" chosen={query.types.length} options={() => typeOptions(query)} />
        <LazyFilterMenu
          id="filter-origin"
          label="Origin"
          chosen={query.origins.length}
          options={() => originOptions(query)}
        />
        <LazyFilterMenu
          id="filter-expires"
          label="Expires"
          chosen={query.expiresWithinDays === null ? 0 : 1}
          options={() => expiryOptions(query)}
        />
        {isFiltered(query) ? (
          <TextLink href={routes.keys(inventoryUrl(withoutFilters(query)))} className="px-2 text-table">
            Clear filters
          </TextLink>
        ) : null}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 xl:ml-auto">{children}</div>
    </FilterBar>
  )
}

function vaultOptions(query: InventoryQuery, sources: readonly InventorySource[]) {
  return sources.map((source) => ({
    value: source.connectionId,
    label: source.vaultName,
    hint: source.environment,
    active: query.connectionIds.includes(source.connectionId),
    href: inventoryHref(query, { connectionIds: toggled(query.connectionIds, source.connectionId) }),
  }))
}

function stateOptions(query: InventoryQuery) {
  return KEY_STATES.map((state) => ({
    value: state,
    label: KEY_STATE_WORDS[state].label,
    active: query.states.includes(state),
    href: inventoryHref(query, { states: toggled(query.states, state) }),
  }))
}

function typeOptions(query: InventoryQuery) {
  return KEY_TYPES.map((type) => ({
    value: type,
    label: type,
    hint: type.endsWith('-HSM') ? 'hardware' : 'software',
    active: query.types.includes(type),
    href: inventoryHref(query, { types: toggled(query.types, type) }),
  }))
}

function originOptions(query: InventoryQuery) {
  return KEY_ORIGINS.map((origin) => ({
    value: origin,
    label: ORIGIN_WORDS[origin],
    active: query.origins.includes(origin),
    href: inventoryHref(query, { origins: toggled(query.origins, origin) }),
  }))
}

function expiryOptions(query: InventoryQuery) {
  return EXPIRES_WITHIN_DAYS.map((days) => {
    const active = query.expiresWithinDays === days
    const href = inventoryHref(query, { expiresWithinDays: active ? null : days })
    return { value: String(days), label: `Within ${days} days`, active, href }
  })
}
