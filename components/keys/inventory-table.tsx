'use client'

import { type ReactNode, useMemo, useRef } from 'react'
import { type RowsText, rowsFromText } from '@/lib/client/keys/rows-text'
import type { InventoryQuery, InventorySort, InventorySource } from '@/lib/domain/keys/views'
import { useCopyMarks } from '../ui/copy-mark'
import { useFollowLink } from '../ui/follow-link'
import { SortHeader } from '../ui/sort-header'
import { Table, Th } from '../ui/table'
import { localWords, utcWordsOf } from '../ui/time-words'
import { useTimeZoneChoice } from '../ui/time-zone'
import { sortLinks } from './inventory-links'
import { keyRow } from './inventory-row'
import { SelectedBar } from './selected-bar'

type InventoryTableProps = {
  query: InventoryQuery
  rows: RowsText
  sources: readonly InventorySource[]
  /** The moment of rendering, in milliseconds. */
  now: number
}

/** What each row looks like, said once: a page has fifty of them. */
const ROWS = [
  'copy-marks [&_td]:whitespace-nowrap [&_td]:px-1.5 [&_th]:px-1.5 [&_tr>:first-child]:pl-2 [&_tr>:last-child]:pr-2',
  '[&_tbody_tr]:border-b [&_tbody_tr]:bg-paper [&_tbody_tr]:align-top [&_tbody_tr]:hover:bg-sunken',
  '[&_tbody_th]:min-w-48 [&_tbody_th]:whitespace-nowrap [&_tbody_th]:bg-inherit [&_tbody_th]:font-medium',
  'md:[&_tbody_th]:sticky md:[&_tbody_th]:left-0 [&_tbody_th>span]:ml-1',
  '[&_tbody_a]:rounded-sm [&_tbody_a]:text-accent [&_tbody_a]:underline-offset-2 [&_tbody_a]:hover:text-accent-strong [&_tbody_a]:hover:underline',
  '[&_tbody_tr]:scroll-mt-10 [&_tbody_tr:focus-within]:bg-sunken [&_tbody_tr[aria-selected=true]]:bg-accent-soft',
  // The badge of `state-mark.tsx`.
  '[&_.state-mark]:inline-flex [&_.state-mark]:items-center [&_.state-mark]:gap-1.5 [&_.state-mark]:rounded',
  '[&_.state-mark]:border [&_.state-mark]:px-1.5 [&_.state-mark]:py-px',
  '[&_.state-mark]:whitespace-nowrap [&_.state-mark]:font-medium [&_.state-mark]:text-xs [&_.state-mark]:leading-4',
  // The copy button stays beside a name that breaks.
  '[&_.long-name]:inline-block [&_.long-name]:align-top [&_.long-name]:max-w-36 md:[&_.long-name]:max-w-[32ch]',
  '[&_.long-name]:whitespace-normal [&_.long-name]:break-all',
  // Times: one line where there is room; on a narrow screen the hour goes under the day before a column is cut off.
  '[&_td:nth-child(7)]:whitespace-normal [&_td:nth-child(8)]:whitespace-normal',
].join(' ')

/** The inventory as a real table; every order is a link. */
export function InventoryTable({ query, rows, sources, now }: InventoryTableProps) {
  const table = useRef<HTMLDivElement>(null)
  const marks = useCopyMarks()
  const follow = useFollowLink()
  const zone = useTimeZoneChoice()
  const list = useMemo(() => rowsFromText(rows), [rows])
  const vaultUrls = new Map(sources.map(({ connectionId, vaultUrl }) => [connectionId, vaultUrl]))
  const timeWords = zone === 'local' ? (value: string) => localWords(new Date(value)) : utcWordsOf
  const tools = { marks, follow, vaultUrls, now, timeWords }
  return (
    <>
      <div className={ROWS} data-selectable ref={table}>
        <Table label="Keys" head={<Head query={query} />}>
          {list.map((row) => keyRow(row, tools))}
        </Table>
      </div>
      <SelectedBar table={table} rows={list} vaultUrls={vaultUrls} />
      <p role="status" className="sr-only">
        {marks.said}
      </p>
    </>
  )
}

function Head({ query }: { query: InventoryQuery }) {
  const sorts = sortLinks(query)
  const sortable = (sort: InventorySort, label: ReactNode) => <SortHeader {...sorts[sort]}>{label}</SortHeader>
  return (
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
  )
}
