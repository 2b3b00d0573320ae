import 'server-only'
import { ProviderError, type VaultKey } from '@/lib/providers/port'
import type { Context } from '../context'
import type { ClosingOperation } from './closing-operation'
import { isOpen } from './is-open'

/**
 * A version that its act finds enabled must never be usable before a review. Where the act has its outcome by now, somebody
 * else was faster, and a review may have enabled it since: then it is left alone. That it could not be disabled shows at
 * the alarm, and to the inventory.
 */
export async function disableAtOnce(
  ctx: Context,
  { operation, connection }: Pick<ClosingOperation, 'operation' | 'connection'>,
  { name, version }: VaultKey,
): Promise<void> {
  if (!(await isOpen(ctx, operation.id))) return
  try {
    await ctx.provider(connection).updateVersion({ name, version, enabled: false })
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
  }
}
