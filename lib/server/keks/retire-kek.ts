import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { ProviderError } from '@/lib/providers/port'
import { vaultProblem } from '../connections/vault-problem'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import type { Kek } from '../db/generated/client'
import { beginOperation } from '../operations/begin-operation'
import type { ClosingOperation } from '../operations/closing-operation'
import { listOrNone } from '../operations/find-own-version'
import { providerInTime } from '../operations/provider-in-time'
import { recordIntent } from '../operations/record-intent'
import { permit } from '../permit'
import { problemOf } from '../providers/provider-problem'
import { completeRetireKek, failRetireKek, settleRetireKek } from './settle-retire-kek'
import { UNDECIDED } from './undecided'

export interface RetireKekInput {
  kekId: string
  how: 'disable' | 'delete'
  typedName: string
}

/** Ends a KEK, once every import that named it is decided. Deleting takes the whole name, so it must have no other version. */
export async function retireKek(
  ctx: Context,
  actor: Actor,
  { kekId, how, typedName }: RetireKekInput,
): Promise<Result<void, ServiceError>> {
  const permitted = permit(actor, 'keks.retire')
  if (!permitted.ok) return permitted
  const kek = await ctx.db.kek.findUnique({ where: { id: kekId }, include: { connection: true } })
  if (!kek?.version || kek.connection.removedAt) return err({ code: 'not-found' })
  if (kek.name !== typedName) {
    return err({ code: 'invalid-input', fields: { typedName: 'Type the KEK’s name exactly as it stands here.' } })
  }
  const { connection, version } = { connection: kek.connection, version: kek.version }
  const operationId = ctx.newId()
  const begun = await begin(ctx, actor, { kek, connection, version, how, operationId })
  return begun.ok ? send(ctx, actor, { kek, connection, version, how, operationId }) : begun
}

const FURTHER_VERSIONS: ServiceError = {
  code: 'not-deletable',
  message: 'This name has further versions, and deleting takes all. Disable it instead.',
}

interface Retiring {
  kek: Kek
  connection: ConnectionRow
  version: string
  how: 'disable' | 'delete'
  operationId: string
}

function begin(ctx: Context, actor: Actor, act: Retiring): Promise<Result<void, ServiceError>> {
  const { kek, connection, version, how, operationId } = act
  return recordIntent(ctx, async (tx) => {
    const now = await tx.kek.findUniqueOrThrow({ where: { id: kek.id } })
    if (now.status !== 'active') return err({ code: 'already-so' })
    const undecided = await tx.import.count({ where: { kekKid: kek.kid ?? '', status: { in: UNDECIDED } } })
    if (undecided > 0) return err({ code: 'imports-undecided' })
    await beginOperation(ctx, tx, {
      id: operationId,
      kind: 'retire_kek',
      connection,
      keyName: kek.name,
      keyVersion: version,
      actor,
      kekId: kek.id,
      facts: { how },
      ...(how === 'delete' ? { calls: 2 } : {}), // the last look, and the deletion
    })
    return ok(undefined)
  })
}

async function send(ctx: Context, actor: Actor, act: Retiring): Promise<Result<void, ServiceError>> {
  const { kek, connection, version, how, operationId } = act
  const operation = await ctx.db.operation.findUniqueOrThrow({ where: { id: operationId } })
  const closing = { operation, connection, actor }
  const provider = providerInTime(ctx, connection, operation)
  const barred = how === 'delete' ? await whyNotDeleted(ctx, closing) : undefined
  if (barred) {
    await failRetireKek(ctx, closing, barred.code)
    return err(barred)
  }
  try {
    const { requestId } =
      how === 'delete'
        ? await provider.deleteKey(kek.name)
        : await provider.updateVersion({ name: kek.name, version, enabled: false })
    await completeRetireKek(ctx, closing, how, requestId)
    return ok(undefined)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    if (error.certainty === 'unknown') return askTheVault(ctx, closing)
    const code = problemOf(error, 'write')
    await failRetireKek(ctx, closing, code, error.facts.requestId)
    return err({ code })
  }
}

async function askTheVault(ctx: Context, closing: ClosingOperation): Promise<Result<void, ServiceError>> {
  if ((await settleRetireKek(ctx, closing)) !== 'done') return err({ code: 'outcome-unknown' })
  const { status } = await ctx.db.operation.findUniqueOrThrow({ where: { id: closing.operation.id } })
  return status === 'succeeded' ? ok(undefined) : err({ code: 'nothing-reached-the-vault' })
}

/** Asked with the key blocked for others by then: a version that an import had just added would go with it. */
async function whyNotDeleted(
  ctx: Context,
  { operation, connection }: ClosingOperation,
): Promise<ServiceError | undefined> {
  try {
    const versions = await listOrNone(ctx.provider(connection), operation.keyName)
    return versions.length > 1 ? FURTHER_VERSIONS : undefined
  } catch (error) {
    return vaultProblem(error)
  }
}
