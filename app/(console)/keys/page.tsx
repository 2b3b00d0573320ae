import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { CopyViewLink } from '@/components/keys/copy-view-link'
import { InventoryEmpty } from '@/components/keys/inventory-empty'
import { InventoryFilters } from '@/components/keys/inventory-filters'
import { sortLinks } from '@/components/keys/inventory-links'
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
import type { InventoryPage, InventoryQuery } from '@/lib/domain/keys/views'
import { closedBecause, hasPermission } from '@/lib/domain/people/permissions'
import { routes } from '@/lib/routes'
import { listKeys } from '@/lib/server/inventory/list-keys'
import { listSources } from '@/lib/server/inventory/list-sources'
import { enterPage } from '@/lib/server/page'
import { refreshKeys } from './actions'

export const metadata: Metadata = { title: 'Keys' }

export default async function KeysPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, actor } = await enterPage('keys.read')
  const params = await searchParams
  const query = parseInventoryUrl(params)
  // An emptied search field: defaults are left out of the address.
  if (Object.values(params).includes('')) redirect(routes.keys(inventoryUrl(query)))
  const sources = await listSources(ctx.db)
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
      <SourceProblems sources={sources} />
      <InventoryFilters query={query} sources={sources}>
        <CopyViewLink />
      </InventoryFilters>
      <Inventory page={await listKeys(ctx, actor, query)} query={query} now={ctx.clock()} />
    </ToolPage>
  )
}

type InventoryProps = {
  page: InventoryPage
  query: InventoryQuery
  now: Date
}

function Inventory({ page, query, now }: InventoryProps) {
  const shown = { ...query, page: page.page }
  return (
    <>
      <div className="flex items-start justify-between gap-x-6 gap-y-1 max-lg:flex-col print:hidden">
        <SourceAges sources={page.sources} />
        <LiveUpdates href={routes.apiKeys(inventoryUrl(shown))} signature={inventorySignature(page)} />
      </div>
      {page.rows.length > 0 ? (
        <div>
          <InventoryTable
            sorts={sortLinks(shown)}
            rows={page.rows}
            vaultUrls={new Map(page.sources.map(({ connectionId, vaultUrl }) => [connectionId, vaultUrl]))}
            now={now}
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
    </>
  )
}
