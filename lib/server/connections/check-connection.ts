import 'server-only'
import type { ConnectionState } from '@/lib/domain/connections/views'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { findConnection } from '../operations/connection-of'
import { permit } from '../permit'
import { probeConnection } from './probe-connection'

/** Asks a vault now. That it does not answer is the answer, not a failure. */
export async function checkConnection(
  ctx: Context,
  actor: Actor,
  input: { connectionId: string },
): Promise<Result<{ state: ConnectionState }, ServiceError>> {
  const permitted = permit(actor, 'keys.refresh')
  if (!permitted.ok) return permitted
  const connection = await findConnection(ctx.db, input.connectionId)
  if (!connection) return err({ code: 'not-found' })
  const { state } = await probeConnection(ctx, connection)
  return ok({ state })
}
