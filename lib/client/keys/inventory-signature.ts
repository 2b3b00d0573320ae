import type { InventoryPage } from '@/lib/domain/keys/views'

/** A short mark of a page's content: two pages with the same mark show the same. Not for security (FNV-1a, 32 bits). */
export function inventorySignature(page: InventoryPage): string {
  let hash = 0x811c9dc5
  for (const character of JSON.stringify([page.rows, page.total, page.page, page.sources])) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return (hash >>> 0).toString(16)
}
