import 'server-only'
import { isKek } from '@/lib/domain/keys/key-operations'
import { err, ok, type Result } from '@/lib/domain/result'
import type { VaultKey } from '@/lib/providers/port'
import { vaultProblem } from '../connections/vault-problem'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import { creationOf } from '../created-keys/creation-of'
import type { Transaction } from '../db/transaction'
import { findConnection } from '../operations/connection-of'
import { isBeingMade } from '../operations/is-being-made'
import { type VersionAddress, versionNamed } from '../operations/version-address'
import { permit } from '../permit'
import { isCompromised } from '../stop/is-compromised'
import { checkReason } from './check-reason'
import { freeze } from './freeze'
import { importOf } from './import-of'
import { inAct } from './in-act'
import { insertRequest } from './insert-request'
import { buildEnableRequest } from './rebuild-request'

export interface VersionWithReason {
  connectionId: string
  name: string
  version: string
  reason: string
}

/** Asks somebody else to enable a disabled version. Imports have their own review, which this is no way around. */
export async function requestEnable(
  ctx: Context,
  actor: Actor,
  input: VersionWithReason,
): Promise<Result<{ enableRequestId: string }, ServiceError>> {
  const permitted = permit(actor, 'keys.request-enable')
  if (!permitted.ok) return permitted
  const reason = checkReason(input.reason)
  if (!reason.ok) return reason
  const connection = await findConnection(ctx.db, input.connectionId)
  if (!connection) return err({ code: 'not-found' })
  const read = await readStopped(ctx, connection, input)
  if (!read.ok) return read
  const key = read.value
  const id = ctx.newId()
  const frozen = freeze(buildEnableRequest(id, actor, connection, key))
  return inAct(ctx, async (tx) => {
    const address = { connectionId: connection.id, keyName: key.name, keyVersion: key.version }
    const barred = await barredBecause(tx, address)
    if (barred) return err(barred)
    await insertRequest(ctx, tx, { id, act: 'enable', actor, connection, key, frozen, reason: reason.value })
    return ok({ enableRequestId: id })
  })
}

async function readStopped(
  ctx: Context,
  connection: ConnectionRow,
  { name, version }: VersionWithReason,
): Promise<Result<VaultKey, ServiceError>> {
  try {
    const { value: key } = await ctx.provider(connection).getKey(name, version)
    if (key.attributes.enabled) return err({ code: 'already-so', message: 'This version is enabled already.' })
    if (isKek(key.keyOps)) {
      return err({ code: 'not-permitted', message: 'A KEK that is disabled stays so: create a new one.' })
    }
    return ok(key)
  } catch (error) {
    return err(vaultProblem(error))
  }
}

const NOT_AS_ASKED =
  'The vault made this key otherwise than it was asked for here. It stays disabled; create another one.'

/** Why no request may stand for this version; undefined when one may. */
async function barredBecause(tx: Transaction, address: VersionAddress): Promise<ServiceError | undefined> {
  if (await isBeingMade(tx, address)) return { code: 'key-busy' }
  if (await isCompromised(tx, address)) return { code: 'compromised' }
  const imported = await importOf(tx, address)
  if (imported && imported.status !== 'enabled') {
    const message = `This version came with ${imported.reference}, which was not approved: only its own review can enable it.`
    return { code: 'not-permitted', message }
  }
  const created = await creationOf(tx, address)
  if (created && created.status !== 'succeeded') return { code: 'not-permitted', message: NOT_AS_ASKED }
  const open = await tx.enableRequest.findFirst({
    where: { ...versionNamed(address), act: 'enable', status: { in: ['awaiting_review', 'enabling'] } },
    select: { id: true },
  })
  return open ? { code: 'already-so', message: 'Somebody has asked for this already; it waits for review.' } : undefined
}
