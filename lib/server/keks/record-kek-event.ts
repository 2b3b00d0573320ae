import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { isDatabaseUnavailable } from '../doors/database-unavailable'
import { recordIntent } from '../operations/record-intent'
import type { KekWithConnection } from './kek-row'

/** A public half leaves the console only after that was written down. */
export async function recordKekEvent(
  ctx: Context,
  actor: Actor,
  kek: KekWithConnection,
  type: 'kek.public-key-downloaded' | 'kek.transfer-sheet-opened',
): Promise<Result<void, ServiceError>> {
  try {
    return await recordIntent(ctx, async (tx) => {
      await appendEvent(tx, {
        type,
        phase: 'noted',
        at: ctx.clock(),
        actor,
        connection: kek.connection,
        keyName: kek.name,
        keyVersion: kek.version,
        kekId: kek.id,
        details: { kid: kek.kid, spkiSha256: kek.spkiSha256 },
      })
      return ok(undefined)
    })
  } catch (error) {
    if (isDatabaseUnavailable(error)) return err({ code: 'audit-unavailable' })
    throw error
  }
}
