import type { InventoryPage } from '@/lib/domain/keys/views'

/** One look at the inventory for a page that stays open. It prolongs no session. */
export async function fetchInventory(href: string, signal: AbortSignal): Promise<InventoryPage> {
  const response = await fetch(href, { cache: 'no-store', signal })
  if (!response.ok) throw new Error(`the inventory answered ${response.status}`)
  // Our own route of the same build answers with exactly this; the page only compares it.
  return (await response.json()) as InventoryPage
}
