'use client'

import type { ReactNode } from 'react'
import type { InventoryRow, InventorySort } from '@/lib/domain/keys/views'
import { useCopyMarks } from '../ui/copy-mark'
import { SortHeader } from '../ui/sort-header'
import { Table, Th } from '../ui/table'
import type { SortLinks } from './inventory-links'
import { KeyRow } from './inventory-row'

type InventoryTableProps = {
  /** Made on the server: what reads and writes addresses is no code of this page's. */
  sorts: SortLinks
  rows: readonly InventoryRow[]
  /** Vault addresses by connection, for the key ids. */
  vaultUrls: ReadonlyMap<string, string>
  now: Date
}

/**
 * The inventory as a real table; every order is a link. It is drawn by the browser's code too, so that a row crosses as
 * its facts and not as its markup twice over.
 */
export function InventoryTable({ sorts, rows, vaultUrls, now }: InventoryTableProps) {
  const marks = useCopyMarks()
  const sortable = (sort: InventorySort, label: ReactNode) => <SortHeader {...sorts[sort]}>{label}</SortHeader>
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
          <KeyRow key={row.id} row={row} vaultUrl={vaultUrls.get(row.connectionId)} now={now} marks={marks} />
        ))}
      </Table>
      <p role="status" className="sr-only">
        {marks.said}
      </p>
    </div>
  )
}
