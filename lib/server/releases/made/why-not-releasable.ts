import 'server-only'
import type { VaultKey } from '@/lib/providers/port'
import type { ConnectionRow, Context, ServiceError } from '../../context'
import { isCompromised } from '../../stop/is-compromised'

/** Also asked once more in the transaction of the intent: a mark made a moment ago stops it. */
export const MARKED = {
  code: 'compromised',
  message: 'It is marked compromised, so it is not released from here.',
} as const satisfies ServiceError

/** Why a version, as the vault has it now, is not released from here; null where it can be. */
export async function whyNotReleasable(
  ctx: Pick<Context, 'db'>,
  connection: Pick<ConnectionRow, 'id'>,
  { name, version, attributes, releasePolicy }: VaultKey,
): Promise<(ServiceError & { message: string }) | null> {
  if (await isCompromised(ctx.db, { connectionId: connection.id, keyName: name, keyVersion: version })) return MARKED
  if (!attributes.exportable || !releasePolicy)
    return { code: 'not-releasable', message: 'It was not made exportable, so no vault releases it.' }
  return attributes.enabled
    ? null
    : { code: 'not-releasable', message: 'It is disabled: a vault releases nothing of it.' }
}
