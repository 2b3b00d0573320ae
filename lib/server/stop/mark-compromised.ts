import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import { vaultProblem } from '../connections/vault-problem'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import { refreshKey } from '../inventory/refresh-key'
import { findConnection } from '../operations/connection-of'
import { permit } from '../permit'
import { checkReason } from '../reviews/check-reason'
import { inAct } from '../reviews/in-act'
import type { VersionWithReason } from '../reviews/request-enable'

/**
 * Marks a version as compromised, which bars it from being enabled again. Only a mark: what uses the key goes on working,
 * because the order is contain, replace, migrate, and only then disable.
 */
export async function markCompromised(
  ctx: Context,
  actor: Actor,
  input: VersionWithReason,
): Promise<Result<void, ServiceError>> {
  const permitted = permit(actor, 'keys.mark-compromised')
  if (!permitted.ok) return permitted
  const reason = checkReason(input.reason)
  if (!reason.ok) return reason
  const connection = await findConnection(ctx.db, input.connectionId)
  if (!connection) return err({ code: 'not-found' })
  const known = await isIndexed(ctx, input)
  if (!known) {
    const read = await learn(ctx, connection, input)
    if (!read.ok) return read
  }
  return mark(ctx, actor, connection, { ...input, reason: reason.value })
}

async function isIndexed(ctx: Context, { connectionId, name, version }: VersionWithReason): Promise<boolean> {
  const where = { version, keyRecord: { connectionId, name } }
  return (await ctx.db.keyVersion.findFirst({ where, select: { id: true } })) !== null
}

async function learn(
  ctx: Context,
  connection: ConnectionRow,
  input: VersionWithReason,
): Promise<Result<void, ServiceError>> {
  try {
    return ok(await refreshKey(ctx, connection, input.name, { alwaysRead: input.version }))
  } catch (error) {
    return err(vaultProblem(error))
  }
}

function mark(
  ctx: Context,
  actor: Actor,
  connection: ConnectionRow,
  { name, version, reason }: VersionWithReason,
): Promise<Result<void, ServiceError>> {
  return inAct(ctx, async (tx) => {
    const at = ctx.clock()
    const found = await tx.keyVersion.findFirst({
      where: { version, keyRecord: { connectionId: connection.id, name } },
      include: { keyRecord: { select: { latestVersion: true } } },
    })
    if (!found) return err({ code: 'not-found' })
    if (found.compromisedAt) return err({ code: 'already-so' })
    await tx.keyVersion.update({
      where: { id: found.id },
      data: { compromisedAt: at, compromisedById: actor.personId, compromisedReason: reason },
    })
    if (found.keyRecord.latestVersion === version) {
      await tx.keyRecord.update({ where: { id: found.keyRecordId }, data: { compromised: true } })
    }
    await appendEvent(tx, {
      type: 'operation',
      phase: 'succeeded',
      at,
      actor,
      connection,
      keyName: name,
      keyVersion: version,
      details: { kind: 'mark_compromised', facts: { reason } },
    })
    return ok(undefined)
  })
}
