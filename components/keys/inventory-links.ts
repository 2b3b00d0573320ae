import { inventoryUrl } from '@/lib/client/keys/inventory-address'
import type { InventoryQuery, InventorySort } from '@/lib/domain/keys/views'
import { routes } from '@/lib/routes'

/** This view with something changed; whatever narrows or orders anew begins at page 1. */
export function inventoryHref(query: InventoryQuery, change: Partial<InventoryQuery>): string {
  return routes.keys(inventoryUrl({ ...query, page: 1, ...change }))
}

/** Sorted by that column; a second click turns the order round. */
function sortHref(query: InventoryQuery, sort: InventorySort): string {
  return inventoryHref(query, { sort, descending: query.sort === sort && !query.descending })
}

function sortDirection(query: InventoryQuery, sort: InventorySort) {
  if (query.sort !== sort) return undefined
  return query.descending ? ('descending' as const) : ('ascending' as const)
}

/** The list with the value put in, or taken out when it was there. */
export function toggled<T>(list: readonly T[], value: T): T[] {
  return list.includes(value) ? list.filter((item) => item !== value) : [...list, value]
}

export type SortLinks = Record<InventorySort, { href: string; direction: ReturnType<typeof sortDirection> }>

/** The head of the table: where each order leads, and which one is in force. */
export function sortLinks(query: InventoryQuery): SortLinks {
  const linkTo = (sort: InventorySort) => ({ href: sortHref(query, sort), direction: sortDirection(query, sort) })
  return {
    name: linkTo('name'),
    vault: linkTo('vault'),
    type: linkTo('type'),
    state: linkTo('state'),
    expires: linkTo('expires'),
    updated: linkTo('updated'),
  }
}
