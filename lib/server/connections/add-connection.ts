import 'server-only'
import type { AddConnectionInput } from '@/lib/domain/connections/views'
import { ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import { permit } from '../permit'
import { inAct } from '../reviews/in-act'
import { checkAddress, invalid } from './check-address'
import { probeConnection } from './probe-connection'

/** Connects a vault: an address from the allow-list, a credential by the names of its settings. */
export async function addConnection(
  ctx: Context,
  actor: Actor,
  input: AddConnectionInput,
): Promise<Result<{ connectionId: string }, ServiceError>> {
  const permitted = permit(actor, 'connections.manage')
  if (!permitted.ok) return permitted
  const url = checkAddress(input)
  if (!url.ok) return url
  const added = await insert(ctx, actor, { ...input, url: url.value })
  if (!added.ok) return added
  await probeConnection(ctx, added.value)
  return ok({ connectionId: added.value.id })
}

function insert(ctx: Context, actor: Actor, input: AddConnectionInput): Promise<Result<ConnectionRow, ServiceError>> {
  return inAct(ctx, async (tx) => {
    const sameName = await tx.connection.findUnique({ where: { name: input.name }, select: { id: true } })
    const sameUrl = await tx.connection.findUnique({ where: { url: input.url }, select: { removedAt: true } })
    if (sameName)
      return invalid('name', 'A connection of this name exists, or existed: records name it. Choose another.')
    if (sameUrl && !sameUrl.removedAt) return invalid('url', 'This vault is connected already.')
    if (sameUrl)
      return invalid('url', 'This vault was connected before; connecting it again comes with a later version.')
    const at = ctx.clock()
    const { name, kind, url, environment, credential } = input
    const connection = await tx.connection.create({
      data: { name, kind, url, environment, credential, createdAt: at, createdById: actor.personId },
    })
    await appendEvent(tx, {
      type: 'connection.added',
      phase: 'noted',
      at,
      actor,
      connection,
      details: { kind, url, environment, credential: credential.type },
    })
    return ok(connection)
  })
}
