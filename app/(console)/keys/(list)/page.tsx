import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { CopyViewLink } from '@/components/keys/copy-view-link'
import { InventoryEmpty } from '@/components/keys/inventory-empty'
import { InventoryFilters } from '@/components/keys/inventory-filters'
import { SourceAges, SourceProblems } from '@/components/keys/inventory-sources'
import { InventoryTable } from '@/components/keys/inventory-table'
import { LiveUpdates } from '@/components/keys/live-updates'
import { rangeWords } from '@/components/keys/range-words'
import { RefreshButton } from '@/components/keys/refresh-button'
import { ToolPage } from '@/components/layout/page-frames'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { inventorySignature } from '@/lib/client/keys/inventory-signature'
import { inventoryUrl, parseInventoryUrl, type SearchParams } from '@/lib/client/keys/inventory-url'
import { closedBecause, hasPermission } from '@/lib/domain/people/permissions'
import { routes } from '@/lib/routes'
import { listConnections } from '@/lib/server/connections/list-connections'
import { listKeys } from '@/lib/server/inventory/list-keys'
import { enterPage } from '@/lib/server/page'
import { refreshKeys } from '../actions'

export const metadata: Metadata = { title: 'Keys' }

export default async function KeysPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, actor } = await enterPage('keys.read')
  const params = await searchParams
  const query = parseInventoryUrl(params)
  if (Object.values(params).includes('')) redirect(routes.keys(inventoryUrl(query)))
  const [page, connections] = await Promise.all([listKeys(ctx, actor, query), listConnections(ctx, actor)])
  const shown = { ...query, page: page.page }
  return (
    <ToolPage>
      <PageHeader
        title="Keys"
        actions={
          <>
            <RefreshButton action={refreshKeys} disabledReason={closedBecause(actor.roles, 'keys.refresh')} />
            {hasPermission(actor.roles, 'imports.create') ? (
              <LinkButton href={routes.newImport()} variant="primary">
                Import a key
              </LinkButton>
            ) : null}
          </>
        }
      />
      <SourceProblems sources={page.sources} />
      <InventoryFilters query={shown} sources={page.sources}>
        <CopyViewLink />
        <LiveUpdates href={routes.apiKeys(inventoryUrl(shown))} signature={inventorySignature(page)} />
      </InventoryFilters>
      <SourceAges sources={page.sources} />
      {page.rows.length > 0 ? (
        <div>
          <InventoryTable
            query={shown}
            rows={page.rows}
            vaultUrls={new Map(connections.map(({ id, url }) => [id, url]))}
            now={ctx.clock()}
          />
          <Pagination
            page={page.page}
            pageCount={page.pageCount}
            hrefFor={(number) => routes.keys(inventoryUrl({ ...shown, page: number }))}
            summary={rangeWords(page, query.pageSize, 'key', 'keys')}
          />
        </div>
      ) : (
        <InventoryEmpty query={query} sources={page.sources} />
      )}
    </ToolPage>
  )
}
