import { z } from 'zod'
import { KEY_STATES } from '@/lib/domain/keys/key-state'
import { KEY_TYPES } from '@/lib/domain/keys/key-type'
import { INVENTORY_SORTS, type InventoryQuery, type InventorySort, KEY_ORIGINS } from '@/lib/domain/keys/views'
import { EXPIRES_WITHIN_DAYS } from './inventory-address'
import { oneOf, urlList, urlPage, urlText } from './url-list'

export const INVENTORY_PAGE_SIZE = 50

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

function readSort(value: string): { sort: InventorySort; descending: boolean } {
  const descending = value.startsWith('-')
  const name = descending ? value.slice(1) : value
  return oneOf(INVENTORY_SORTS)(name) ? { sort: name, descending } : { sort: 'name', descending: false }
}
