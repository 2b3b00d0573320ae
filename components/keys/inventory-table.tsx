import type { ReactNode } from 'react'
import type { InventoryQuery, InventoryRow, InventorySort } from '@/lib/domain/keys/views'
import { SortHeader } from '../ui/sort-header'
import { Table, Th } from '../ui/table'
import { sortDirection, sortHref } from './inventory-links'
import { KeyRow } from './inventory-row'

type InventoryTableProps = {
  query: InventoryQuery
  rows: readonly InventoryRow[]
  /** Vault addresses by connection, for the key ids. */
  vaultUrls: ReadonlyMap<string, string>
  now: Date
}

/** The inventory as a real table; every order is a link. */
export function InventoryTable({ query, rows, vaultUrls, now }: InventoryTableProps) {
  const sortable = (sort: InventorySort, label: ReactNode) => (
    <SortHeader href={sortHref(query, sort)} direction={sortDirection(query, sort)}>
      {label}
    </SortHeader>
  )
  return (
    <div className="[&_td]:px-1.5 [&_th]:px-1.5">
      <Table
        label="Keys"
        head={
          <>
            {sortable('name', 'Name')}
            {sortable('vault', 'Vault')}
            {sortable('type', 'Type and size')}
            <Th>Protection</Th>
            {sortable('state', 'State')}
            <Th>Origin</Th>
            {sortable('expires', 'Expires')}
            {sortable('updated', 'Updated')}
          </>
        }
      >
        {rows.map((row) => (
          <KeyRow key={row.id} row={row} vaultUrl={vaultUrls.get(row.connectionId)} now={now} />
        ))}
      </Table>
    </div>
  )
}
