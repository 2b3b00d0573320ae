import 'server-only'
import type { InventorySource } from '@/lib/domain/keys/views'
import type { Context } from '../context'
import { standingOf } from '../status/read-standing'

/** Where the inventory comes from: how old each vault's part is, and whether the vault can be read now. */
export async function listSources(ctx: Pick<Context, 'db' | 'standing'>): Promise<InventorySource[]> {
  return (await standingOf(ctx)).sources
}
