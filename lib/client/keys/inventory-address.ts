import type { InventoryQuery } from '@/lib/domain/keys/views'
import { withoutEmpty } from './without-empty'

export const EXPIRES_WITHIN_DAYS = [7, 30, 90, 365] as const

/** The search parameters of a query, defaults left out: what `routes.keys` and `routes.apiKeys` take. */
export function inventoryUrl(query: InventoryQuery): Record<string, string> {
  const sort = `${query.descending ? '-' : ''}${query.sort}`
  return withoutEmpty({
    q: query.text,
    vault: query.connectionIds.join(' '),
    state: query.states.join(' '),
    type: query.types.join(' '),
    origin: query.origins.join(' '),
    expires: query.expiresWithinDays === null ? '' : String(query.expiresWithinDays),
    sort: sort === 'name' ? '' : sort,
    page: query.page === 1 ? '' : String(query.page),
  })
}

/** Whether anything narrows the list down: an empty result then means something else. */
export function isFiltered(query: InventoryQuery): boolean {
  const lists = [query.connectionIds, query.states, query.types, query.origins]
  return query.text !== '' || query.expiresWithinDays !== null || lists.some((list) => list.length > 0)
}

/** The same view without any filter; the order stays. */
export function withoutFilters(query: InventoryQuery): InventoryQuery {
  return {
    ...query,
    text: '',
    connectionIds: [],
    states: [],
    types: [],
    origins: [],
    expiresWithinDays: null,
    page: 1,
  }
}
