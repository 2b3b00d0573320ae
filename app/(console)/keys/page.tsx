import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { InventoryScreen } from '@/components/keys/inventory-screen'
import { inventoryUrl } from '@/lib/client/keys/inventory-address'
import { signatureOf } from '@/lib/client/keys/inventory-signature'
import { parseInventoryUrl, type SearchParams } from '@/lib/client/keys/inventory-url'
import { rowsToText } from '@/lib/client/keys/rows-text'
import { closedBecause, hasPermission } from '@/lib/domain/people/permissions'
import { routes } from '@/lib/routes'
import { listKeys } from '@/lib/server/inventory/list-keys'
import { enterPage } from '@/lib/server/page'
import { refreshKeys } from './actions'

export const metadata: Metadata = { title: 'Keys' }

export default async function KeysPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, actor } = await enterPage('keys.read')
  const params = await searchParams
  const query = parseInventoryUrl(params)
  // An emptied search field: defaults are left out of the address.
  if (Object.values(params).includes('')) redirect(routes.keys(inventoryUrl(query)))
  const { rows, sources, ...range } = await listKeys(ctx, actor, query)
  const text = rowsToText(rows)
  return (
    <InventoryScreen
      query={query}
      sources={sources}
      rows={rows.length > 0 ? text : ''}
      range={range}
      signature={signatureOf(text, { sources, ...range })}
      now={ctx.clock().getTime()}
      refresh={refreshKeys}
      refreshClosed={closedBecause(actor.roles, 'keys.refresh')}
      mayCreate={hasPermission(actor.roles, 'keys.create')}
      mayImport={hasPermission(actor.roles, 'imports.create')}
    />
  )
}
