'use client'

import { type RefObject, useEffect } from 'react'
import type { ListedKey } from '@/lib/client/keys/rows-text'
import { clearSelected, useSelectedRows } from '@/lib/client/keys/selected-rows'
import { formatKeyId } from '@/lib/domain/keys/key-id'
import { routes } from '@/lib/routes'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'

type SelectedBarProps = {
  table: RefObject<HTMLDivElement | null>
  rows: readonly ListedKey[]
  vaultUrls: ReadonlyMap<string, string>
}

/**
 * What can be done with the rows that the key `x` selected. The marks on the rows are set on the page's own elements:
 * fifty rows are not drawn anew for one.
 */
export function SelectedBar({ table, rows, vaultUrls }: SelectedBarProps) {
  const paths = useSelectedRows()
  const selected = rows.filter(({ connectionId, name }) => paths.has(routes.key(connectionId, name)))

  useEffect(() => {
    for (const row of table.current?.querySelectorAll('tbody tr') ?? []) {
      const link = row.querySelector<HTMLAnchorElement>('th a[href]')
      if (link && paths.has(link.pathname)) row.setAttribute('aria-selected', 'true')
      else row.removeAttribute('aria-selected')
    }
  })

  const ids = selected.flatMap(({ connectionId, name }) => {
    const vaultUrl = vaultUrls.get(connectionId)
    return vaultUrl ? [formatKeyId({ vaultUrl, name })] : []
  })
  return (
    <div className="sticky bottom-0 z-10">
      <p role="status" className="sr-only">
        {selected.length > 0 ? `${selected.length} selected` : ''}
      </p>
      {selected.length > 0 ? (
        <section
          aria-label="Selected keys"
          className="flex flex-wrap items-center gap-x-4 gap-y-2 border-accent border-t-2 bg-raised px-3 py-2 text-sm"
        >
          <span className="font-medium">{selected.length} selected</span>
          <CopyButton withText label="Copy names" value={selected.map(({ name }) => name).join('\n')} />
          <CopyButton withText label="Copy key ids" value={ids.join('\n')} />
          <Button size="small" onClick={clearSelected}>
            Clear
          </Button>
        </section>
      ) : null}
    </div>
  )
}
