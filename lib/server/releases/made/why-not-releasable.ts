import 'server-only'
import type { VaultKey } from '@/lib/providers/port'
import type { ConnectionRow, Context, ServiceError } from '../../context'

/** Why a version, as the vault has it now, is not released from here; null where it can be. */
export async function whyNotReleasable(
  ctx: Pick<Context, 'db'>,
  connection: Pick<ConnectionRow, 'id'>,
  { name, version, attributes, releasePolicy }: VaultKey,
): Promise<(ServiceError & { message: string }) | null> {
  const marked = await ctx.db.keyVersion.findFirst({
    where: { version, compromisedAt: { not: null }, keyRecord: { connectionId: connection.id, name } },
    select: { id: true },
  })
  if (marked) return { code: 'compromised', message: 'It is marked compromised, so it is not released from here.' }
  if (!attributes.exportable || !releasePolicy)
    return { code: 'not-releasable', message: 'It was not made exportable, so no vault releases it.' }
  return attributes.enabled
    ? null
    : { code: 'not-releasable', message: 'It is disabled: a vault releases nothing of it.' }
}
