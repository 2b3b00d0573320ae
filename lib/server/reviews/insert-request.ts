import 'server-only'
import type { AuditEventType } from '@/lib/domain/audit/event'
import type { VaultKey } from '@/lib/providers/port'
import { appendEvent } from '../audit/append-event'
import type { Actor, ConnectionRow, Context } from '../context'
import { creationOf } from '../created-keys/creation-of'
import type { RequestedAct } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import { raiseNotification } from '../notifications/raise-notification'
import { requestReference } from './enable-reference'
import type { Frozen } from './freeze'
import { importOf } from './import-of'

export interface NewRequest {
  id: string
  act: RequestedAct
  actor: Actor
  connection: ConnectionRow
  key: VaultKey
  frozen: Frozen
  reason: string
}

/** What its asking is called in the audit log. */
export const ASKED_EVENTS = {
  enable: 'enable.requested',
  change_policy: 'policy-change.requested',
} as const satisfies Record<RequestedAct, AuditEventType>

/** A request that waits for somebody else, in the caller's transaction: with who imported or created the version, on the record, and told. */
export async function insertRequest(ctx: Context, tx: Transaction, request: NewRequest): Promise<void> {
  const { id, act, actor, connection, key, frozen, reason } = request
  const address = { connectionId: connection.id, keyName: key.name, keyVersion: key.version }
  const imported = await importOf(tx, address)
  const created = imported ? null : await creationOf(tx, address)
  await tx.enableRequest.create({
    data: {
      ...{ id, act, ...address, kid: key.kid, reason },
      requesterId: actor.personId,
      importerId: imported?.importerId ?? created?.actorId ?? null,
      status: 'awaiting_review',
      frozenRequest: frozen.text,
      frozenSha256: frozen.sha256,
      requestedAt: ctx.clock(),
    },
  })
  await appendEvent(tx, {
    type: ASKED_EVENTS[act],
    phase: 'noted',
    at: ctx.clock(),
    actor,
    connection,
    keyName: key.name,
    keyVersion: key.version,
    enableRequestId: id,
    details: { reason, frozenSha256: frozen.sha256 },
  })
  await raiseNotification(ctx, tx, {
    kind: 'review-waiting',
    facts: {
      connectionId: connection.id,
      vaultName: connection.name,
      keyName: key.name,
      reference: requestReference({ id, act }),
      importId: null,
      enableRequestId: id,
      ...(act === 'enable' ? {} : { asks: act }),
    },
  })
}
