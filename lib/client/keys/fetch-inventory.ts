import type { InventoryPage } from '@/lib/domain/keys/views'

/** One look at the inventory for a page that stays open. The header says that nobody acted, so no session is prolonged. */
export async function fetchInventory(href: string, signal: AbortSignal): Promise<InventoryPage> {
  const response = await fetch(href, { headers: { 'x-drawbridge-poll': '1' }, cache: 'no-store', signal })
  if (!response.ok) throw new Error(`the inventory answered ${response.status}`)
  // Our own route of the same build answers with exactly this; the page only compares it.
  return (await response.json()) as InventoryPage
}
