import 'server-only'
import { WRITE_TIMEOUT_MS } from '@/lib/domain/operations/operation'
import { ProviderError, type VaultProvider } from '@/lib/providers/port'
import type { ConnectionRow, Context } from '../context'
import { isWrite } from '../providers/watch-writes'

/**
 * The vault for the calls of one act. What could still be under way after the act's deadline is not sent any more: by then
 * the reconciler says that nothing reached the vault, and others go by that. A process that was held up for so long (a
 * machine asleep, a database that was away) finds its call refused as never sent, and records that.
 */
export function providerInTime(
  ctx: Pick<Context, 'provider' | 'clock'>,
  connection: ConnectionRow,
  { deadlineAt }: { deadlineAt: Date },
): VaultProvider {
  return new Proxy(ctx.provider(connection), {
    get: (target, property) => {
      const member: unknown = Reflect.get(target, property, target)
      if (typeof member !== 'function') return member
      if (!isWrite(property)) return member.bind(target)
      return async (...given: unknown[]) => {
        const endsBy = ctx.clock().getTime() + WRITE_TIMEOUT_MS
        if (endsBy > deadlineAt.getTime()) throw new ProviderError('vault-timeout', 'not-sent')
        return member.apply(target, given)
      }
    },
  })
}
