import 'server-only'
import type { VaultKey } from '@/lib/providers/port'
import type { ConnectionRow, Context, ServiceError } from '../../context'
import { creationOf, wasApproved } from '../../created-keys/creation-of'
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
  if (imported && imported.status !== 'enabled') return notApproved(`It came with ${imported.reference}, which`)
  if (!imported && (await creationOf(ctx.db, address)) && !(await wasApproved(ctx.db, address)))
    return notApproved('It was created here, and enabling it')
  return attributes.enabled
    ? null
    : { code: 'not-releasable', message: 'It is disabled: a vault releases nothing of it.' }
}

/** Somebody may have enabled it past Drawbridge: that is no approval. */
const notApproved = (what: string) => ({
  code: 'not-releasable' as const,
  message: `${what} was not approved: before that, nothing of it is released from here.`,
})
