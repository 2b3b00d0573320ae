import 'server-only'
import type { VaultKey } from '@/lib/providers/port'
import type { ConnectionRow, Context, ServiceError } from '../../context'
import { importOf } from '../../reviews/import-of'
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
  const address = { connectionId: connection.id, keyName: name, keyVersion: version }
  if (await isCompromised(ctx.db, address)) return MARKED
  if (!attributes.exportable || !releasePolicy)
    return { code: 'not-releasable', message: 'It was not made exportable, so no vault releases it.' }
  const imported = await importOf(ctx.db, address)
  if (imported && imported.status !== 'enabled') return notApproved(imported.reference)
  return attributes.enabled
    ? null
    : { code: 'not-releasable', message: 'It is disabled: a vault releases nothing of it.' }
}

/** Somebody may have enabled it past Drawbridge: that is no approval. */
const notApproved = (reference: string) => ({
  code: 'not-releasable' as const,
  message: `It came with ${reference}, which was not approved: before that, nothing of it is released from here.`,
})
