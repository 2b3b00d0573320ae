import { z } from 'zod'
import { KEY_STATES } from '@/lib/domain/keys/key-state'
import { KEY_TYPES } from '@/lib/domain/keys/key-type'
import { INVENTORY_SORTS, type InventoryQuery, type InventorySort, type KeyOrigin } from '@/lib/domain/keys/views'
import { oneOf, urlList, urlPage, urlText, withoutEmpty } from './url-list'

export const INVENTORY_PAGE_SIZE = 50
export const EXPIRES_WITHIN_DAYS = [7, 30, 90, 365] as const
export const KEY_ORIGINS = ['transfer_blob', 'generated', 'unknown'] as const satisfies readonly KeyOrigin[]

const isId = (value: string): value is string => /^[0-9A-Za-z-]{1,64}$/.test(value)

const schema = z.object({
  q: urlText,
  vault: urlList(isId),
  state: urlList(oneOf(KEY_STATES)),
  type: urlList(oneOf(KEY_TYPES)),
  origin: urlList(oneOf(KEY_ORIGINS)),
  expires: urlText.transform((value) => EXPIRES_WITHIN_DAYS.find((days) => String(days) === value) ?? null),
  sort: urlText.transform(readSort),
  page: urlPage,
})

export type SearchParams = Record<string, string | string[] | undefined>

/** The query that an address stands for. Whatever it does not know, it takes as the default. */
export function parseInventoryUrl(params: SearchParams): InventoryQuery {
  const { q, vault, state, type, origin, expires, sort, page } = schema.parse(params)
  return {
    text: q,
    connectionIds: vault,
    states: state,
    types: type,
    origins: origin,
    expiresWithinDays: expires,
    ...sort,
    page,
    pageSize: INVENTORY_PAGE_SIZE,
  }
}

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

function readSort(value: string): { sort: InventorySort; descending: boolean } {
  const descending = value.startsWith('-')
  const name = descending ? value.slice(1) : value
  return oneOf(INVENTORY_SORTS)(name) ? { sort: name, descending } : { sort: 'name', descending: false }
}
