import { inventoryUrl, isFiltered, withoutFilters } from '@/lib/client/keys/inventory-address'
import type { InventoryQuery, InventorySource } from '@/lib/domain/keys/views'
import { routes } from '@/lib/routes'
import { EmptyState } from '../ui/empty-state'
import { LinkButton } from '../ui/link-button'

type InventoryEmptyProps = { query: InventoryQuery; sources: readonly InventorySource[] }

/** Why the list has no rows, and the one next step. Never "nothing here" while something could not be read. */
export function InventoryEmpty({ query, sources }: InventoryEmptyProps) {
  if (sources.length === 0) {
    return (
      <EmptyState action={<LinkButton href={routes.newVault()}>Connect a vault</LinkButton>}>
        No vault is connected yet. An administrator connects one; its keys then appear here by themselves.
      </EmptyState>
    )
  }
  if (isFiltered(query)) {
    return (
      <EmptyState
        action={<LinkButton href={routes.keys(inventoryUrl(withoutFilters(query)))}>Clear filters</LinkButton>}
      >
        No key matches this search and these filters.
      </EmptyState>
    )
  }
  if (sources.some((source) => source.indexedAt === null)) {
    return (
      <EmptyState>
        Not every vault has been read yet, so this list says nothing so far. Drawbridge reads them in the background;
        Refresh asks them now.
      </EmptyState>
    )
  }
  return (
    <EmptyState action={<LinkButton href={routes.newKek()}>Create a KEK</LinkButton>}>
      These vaults hold no keys yet. The way in begins with a key exchange key: create one, wrap your key under it in
      your HSM, then import the transfer blob.
    </EmptyState>
  )
}
