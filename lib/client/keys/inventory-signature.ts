import type { InventoryPage } from '@/lib/domain/keys/views'
import { type RowsText, rowsToText } from './rows-text'

/** A short mark of a page's content: two pages with the same mark show the same. Not for security (FNV-1a, 32 bits). */
export function inventorySignature(page: InventoryPage): string {
  return signatureOf(rowsToText(page.rows), page)
}

/** The same where the rows are text already. */
export function signatureOf(
  rows: RowsText,
  { total, page, sources }: Omit<InventoryPage, 'rows' | 'pageCount'>,
): string {
  const text = rows + JSON.stringify([total, page, sources])
  let hash = 0x811c9dc5
  // By index, not by character: it runs with every page, over all of its rows.
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(16)
}
