import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import { type Operation, Prisma } from '../db/generated/client'
import type { Statements } from '../db/statements'
import { beginOperation } from '../operations/begin-operation'
import { findConnection } from '../operations/connection-of'
import { INTENT_TAG } from '../operations/find-own-version'
import { expectFreeName, sendMade } from '../operations/make-key'
import { recordIntent } from '../operations/record-intent'
import { madeNoMore, versionsMade } from '../operations/versions-made'
import { permit } from '../permit'
import { KEK_NAME_TAKEN } from './kek-name-taken'
import { KEK_MAKING } from './settle-create-kek'

export interface CreateKekInput {
  connectionId: string
  name: string
  bits: 2048 | 3072 | 4096
  /** ISO 8601. */
  expiresAt: string | null
}

/** A key exchange key: RSA-HSM, for nothing but `import`, found again by its intent's tag. */
export async function createKek(
  ctx: Context,
  actor: Actor,
  input: CreateKekInput,
): Promise<Result<{ kekId: string }, ServiceError>> {
  const permitted = permit(actor, 'keks.create')
  if (!permitted.ok) return permitted
  if (input.expiresAt && new Date(input.expiresAt) <= ctx.clock()) {
    return err({ code: 'invalid-input', fields: { expiresAt: 'The expiry is in the past. Give a later one.' } })
  }
  const connection = await findConnection(ctx.db, input.connectionId)
  if (!connection) return err({ code: 'not-found', message: 'There is no such vault, or no longer.' })
  const before = await readBefore(ctx, input)
  const free = await expectFreeName(ctx.provider(connection), input.name, KEK_NAME_TAKEN)
  if (!free.ok) return free
  const begun = await begin(ctx, actor, connection, { input, before })
  return begun.ok ? send(ctx, actor, connection, input, begun.value) : begun
}

/** What the record held of a name before the vault was asked about it. */
interface Before {
  /** KEKs that were in the vault by then: if it says that the name is free, they are gone from it. */
  kekIds: string[]
  /** Versions that acts other than KEKs' had made. */
  otherwise: number
}

async function readBefore({ db }: Context, { connectionId, name }: CreateKekInput): Promise<Before> {
  const [before] = await db.$queryRaw<Before[]>(Prisma.sql`
    SELECT ${versionsMade({ connectionId, name, without: 'keks' })} AS otherwise, ARRAY(
      SELECT id::text FROM kek
      WHERE connection_id = ${connectionId}::uuid AND lower(name) = lower(${name}) AND name_held
        AND status IN ('active', 'retired_disabled')
    ) AS "kekIds"`)
  return before ?? { kekIds: [], otherwise: 0 }
}

interface Begun {
  kekId: string
  operationId: string
}

/** Whatever took the name since the vault was asked refuses this: an open act, another KEK, an import, a key. */
function begin(
  ctx: Context,
  actor: Actor,
  connection: ConnectionRow,
  { input, before }: { input: CreateKekInput; before: Before },
): Promise<Result<Begun, ServiceError>> {
  const begun: Begun = { kekId: ctx.newId(), operationId: ctx.newId() }
  return recordIntent(ctx, async (tx) => {
    await beginOperation(ctx, tx, {
      id: begun.operationId,
      kind: 'create_kek',
      connection,
      keyName: input.name,
      actor,
      kekId: begun.kekId,
      facts: { bits: input.bits, expiresAt: input.expiresAt },
    })
    if (before.kekIds.length > 0) {
      await tx.kek.updateMany({ where: { id: { in: before.kekIds } }, data: { nameHeld: false } })
    }
    await tx.kek.create({
      data: {
        id: begun.kekId,
        connectionId: connection.id,
        name: input.name,
        bits: input.bits,
        expiresAt: input.expiresAt,
        status: 'creating',
        createdById: actor.personId,
        createdAt: ctx.clock(),
      },
    })
    return (await isMadeOtherwise(tx, input, before)) ? err(KEK_NAME_TAKEN) : ok(begun)
  })
}

async function isMadeOtherwise(
  tx: Statements,
  { connectionId, name }: CreateKekInput,
  { otherwise }: Before,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ none: boolean | null }[]>(
    Prisma.sql`SELECT ${madeNoMore({ connectionId, name, without: 'keks' }, otherwise)} AS "none"`,
  )
  return row?.none !== true
}

async function send(
  ctx: Context,
  actor: Actor,
  connection: ConnectionRow,
  input: CreateKekInput,
  { kekId, operationId }: Begun,
): Promise<Result<{ kekId: string }, ServiceError>> {
  const operation = await ctx.db.operation.findUniqueOrThrow({ where: { id: operationId } })
  const sent = await sendMade(ctx, { operation, connection, actor }, KEK_MAKING, (provider) =>
    provider.createKek({
      name: input.name,
      bits: input.bits,
      expiresAt: input.expiresAt ? new Date(input.expiresAt) : null,
      tags: { [INTENT_TAG]: operationId },
    }),
  )
  return sent.ok ? toldOf(kekId, sent.value) : sent
}

const NOT_A_KEK = 'The vault made a key that may do more than import. It is not used as a KEK; delete it there.'

/** What an ended intent to create a KEK tells its officer. */
export function toldOf(
  kekId: string,
  operation: Pick<Operation, 'status' | 'code'>,
): Result<{ kekId: string }, ServiceError> {
  if (operation.status === 'succeeded') return ok({ kekId })
  if (operation.code === 'request-changed') return err({ code: 'vault-refused', message: NOT_A_KEK })
  return err({ code: operation.code === 'name-soft-deleted' ? 'name-soft-deleted' : 'nothing-reached-the-vault' })
}
