import 'server-only'
import type { AddConnectionInput } from '@/lib/domain/connections/views'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { findConnection } from '../operations/connection-of'
import { permit } from '../permit'
import { settingsOf } from '../proposals/kinds/change-connection'
import { propose } from '../proposals/propose'
import { checkAddress } from './check-address'

export interface ChangeConnectionInput extends Omit<AddConnectionInput, 'kind'> {
  connectionId: string
  reason: string
}

/** Proposes another name, address, mark or credential for a vault; somebody else confirms it. */
export async function changeConnection(
  ctx: Context,
  actor: Actor,
  input: ChangeConnectionInput,
): Promise<Result<{ proposalId: string }, ServiceError>> {
  const permitted = permit(actor, 'connections.manage')
  if (!permitted.ok) return permitted
  return propose(ctx, actor, {
    kind: 'change_connection',
    reason: input.reason,
    build: async (tx, head) => {
      const connection = await findConnection(tx, input.connectionId)
      if (!connection) return err({ code: 'not-found' })
      const { environment, credential } = input
      const address = checkAddress({ url: input.url, kind: connection.kind, environment, credential })
      if (!address.ok) return address
      const { id, name, url } = connection
      const after = { name: input.name.trim(), url: address.value, environment, credential }
      return ok({
        ...head,
        kind: 'change_connection',
        subject: { id, name, url },
        before: settingsOf(connection),
        after,
      })
    },
  })
}
