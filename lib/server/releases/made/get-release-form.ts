import 'server-only'
import { healthWords } from '@/lib/domain/connections/health-words'
import type { ReleaseFormView } from '@/lib/domain/releases/release-form'
import { ProviderError } from '@/lib/providers/port'
import type { Actor, Context } from '../../context'
import { recordVersion } from '../../inventory/record-version'
import { findConnection } from '../../operations/connection-of'
import { requirePermission } from '../../people/require-permission'
import type { VersionName } from '../policy-snapshots'
import { whyNotReleasable } from './why-not-releasable'

/** The version as the vault has it now, and its policy; null where there is no such vault. */
export async function getReleaseForm(
  ctx: Context,
  actor: Actor,
  { connectionId, name, version }: VersionName,
): Promise<ReleaseFormView | null> {
  requirePermission(actor, 'releases.perform')
  const connection = await findConnection(ctx.db, connectionId)
  if (!connection) return null
  const closed = (because: string): ReleaseFormView => ({ state: 'closed', vaultName: connection.name, because })
  try {
    const { value: key } = await ctx.provider(connection).getKey(name, version)
    await recordVersion(ctx, { connection, key })
    const why = await whyNotReleasable(ctx, connection, key)
    if (why) return closed(why.message)
    if (!key.releasePolicy) throw new Error('what can be released has a policy')
    const { text, sha256, immutable } = key.releasePolicy
    const readAt = ctx.clock().toISOString()
    return { state: 'open', vaultName: connection.name, policy: { text, sha256, immutable }, readAt }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return closed(healthWords(error.code) ?? '')
  }
}
