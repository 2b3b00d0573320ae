import { KEY_STATES } from '@/lib/domain/keys/key-state'
import type { InventoryQuery } from '@/lib/domain/keys/views'

/** Every key of the index on one page. */
export const wholeInventory: InventoryQuery = {
  text: '',
  connectionIds: [],
  states: [...KEY_STATES],
  types: [],
  origins: [],
  expiresWithinDays: null,
  sort: 'name',
  descending: false,
  page: 1,
  pageSize: 500,
}
