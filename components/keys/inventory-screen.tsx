'use client'

import type { ComponentProps } from 'react'
import { inventoryUrl } from '@/lib/client/keys/inventory-address'
import type { RowsText } from '@/lib/client/keys/rows-text'
import type { InventoryQuery, InventorySource } from '@/lib/domain/keys/views'
import { routes } from '@/lib/routes'
import { ToolPage } from '../layout/page-frames'
import { LinkButton } from '../ui/link-button'
import { PageHeader } from '../ui/page-header'
import { Pagination } from '../ui/pagination'
import { CopyViewLink } from './copy-view-link'
import { InventoryEmpty } from './inventory-empty'
import { InventoryFilters } from './inventory-filters'
import { SourceAges, SourceProblems } from './inventory-sources'
import { InventoryTable } from './inventory-table'
import { LiveUpdates } from './live-updates'
import { rangeWords } from './range-words'
import { RefreshButton } from './refresh-button'

type Range = { total: number; page: number; pageCount: number }

type InventoryScreenProps = {
  query: InventoryQuery
  sources: readonly InventorySource[]
  /** The rows as `rowsToText` writes them; empty when the page has none. */
  rows: RowsText
  range: Range
  /** Changes with anything that the list shows. */
  signature: string
  now: number
  refresh: ComponentProps<typeof RefreshButton>['action']
  refreshClosed: string | undefined
  mayImport: boolean
  mayCreate: boolean
}

/**
 * The whole inventory, drawn from its facts alone. One client component: what is made of elements on the server crosses
 * twice, as markup and as the description of it, and this is the page that officers open most.
 */
export function InventoryScreen(props: InventoryScreenProps) {
  const { query, sources, refresh, refreshClosed, mayImport, mayCreate } = props
  return (
    <ToolPage>
      <PageHeader
        title="Keys"
        actions={
          <>
            <RefreshButton action={refresh} disabledReason={refreshClosed} />
            {mayCreate ? <LinkButton href={routes.newKey()}>New exportable key</LinkButton> : null}
            {mayImport ? (
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
      <Inventory {...props} />
    </ToolPage>
  )
}

function Inventory({ query, sources, rows, range, signature, now }: InventoryScreenProps) {
  const shown = { ...query, page: range.page }
  return (
    <>
      <div className="flex items-start justify-between gap-x-6 gap-y-1 max-lg:flex-col print:hidden">
        <SourceAges sources={sources} />
        <LiveUpdates href={routes.apiKeys(inventoryUrl(shown))} signature={signature} now={now} />
      </div>
      {rows ? (
        <div>
          <InventoryTable query={shown} rows={rows} sources={sources} now={now} />
          <Pagination
            page={range.page}
            pageCount={range.pageCount}
            hrefFor={(number) => routes.keys(inventoryUrl({ ...shown, page: number }))}
            summary={rangeWords(range, query.pageSize, 'key', 'keys')}
          />
        </div>
      ) : (
        <InventoryEmpty query={query} sources={sources} />
      )}
    </>
  )
}
