import { toggleSelected } from '../keys/selected-rows'

/**
 * Rows by keyboard, on the page's own elements: the row whose link has the focus is the current one. No row of any
 * table costs anything for it.
 */
const openers = (): HTMLAnchorElement[] =>
  [...document.querySelectorAll<HTMLTableRowElement>('main tbody tr')].flatMap((row) => {
    const link = row.querySelector<HTMLAnchorElement>('th[scope="row"] a[href], td a[href]')
    return link?.checkVisibility() ? [link] : []
  })

function currentRow(): HTMLTableRowElement | null {
  return document.activeElement?.closest<HTMLTableRowElement>('main tbody tr') ?? null
}

/** To the next (1) or previous (-1) row; from outside a table to its first. */
export function moveRow(by: 1 | -1): void {
  const links = openers()
  const row = currentRow()
  const at = row ? links.findIndex((link) => row.contains(link)) : -1
  const next = at === -1 ? links[0] : links[at + by]
  next?.focus({ preventScroll: true })
  next?.closest('tr')?.scrollIntoView({ block: 'nearest' })
}

export function openRow(): void {
  const row = currentRow()
  openers()
    .find((link) => row?.contains(link))
    ?.click()
}

/** Only tables that offer it: their rows are marked by the address that names them. */
export function selectRow(): void {
  const row = currentRow()
  const link = row?.querySelector<HTMLAnchorElement>('th[scope="row"] a[href]')
  if (link && row?.closest('[data-selectable]')) toggleSelected(link.pathname)
}

/** The page's own search; answers whether it has one. */
export function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]')
  field?.focus()
  field?.select()
  return field !== null
}
