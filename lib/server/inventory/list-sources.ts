import 'server-only'
import type { InventorySource } from '@/lib/domain/keys/views'
import type { Context } from '../context'
import { readStanding } from '../status/read-standing'

/** Where the inventory comes from: how old each vault's part is, and whether the vault can be read now. */
export async function listSources(db: Context['db']): Promise<InventorySource[]> {
  return (await readStanding(db)).sources
}
