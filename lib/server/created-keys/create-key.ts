import 'server-only'
import type { CreatedKey, CreateExportableKeyInput } from '@/lib/domain/keys/exportable-key'
import { EC_CURVES } from '@/lib/domain/keys/key-type'
import { err, ok, type Result } from '@/lib/domain/result'
import type { CreateKeyInput } from '@/lib/providers/inputs'
import type { Actor, Context, ServiceError } from '../context'
import { type Operation, Prisma } from '../db/generated/client'
import { type Before, NO_VAULT, readBefore } from '../imports/read-before'
import { beginOperation } from '../operations/begin-operation'
import { INTENT_TAG } from '../operations/find-own-version'
import { expectFreeName, sendMade } from '../operations/make-key'
import { recordIntent } from '../operations/record-intent'
import { madeNoMore } from '../operations/versions-made'
import { permit } from '../permit'
import { checkWish } from './check-wish'
import { type CreationTarget, paramsOf } from './creation-params'
import { KEY_MAKING } from './settle-create-key'

const taken = 'A key of this name exists. Choose another name: a new version of it is no new key.'
const NAME_TAKEN: ServiceError = { code: 'name-in-use', message: taken, fields: { name: taken } }

/**
 * An exportable key, generated in the vault and disabled there: another officer enables it, by a request. It is found
 * again by its intent's tag.
 */
export async function createKey(
  ctx: Context,
  actor: Actor,
  input: CreateExportableKeyInput,
): Promise<Result<CreatedKey, ServiceError>> {
  const permitted = permit(actor, 'keys.create')
  if (!permitted.ok) return permitted
  const before = await readBefore(ctx, actor, { connectionId: input.connectionId, name: input.name })
  if (!before) return err(NO_VAULT)
  if (!before.dutiesHold) return err({ code: 'duties-not-acknowledged' })
  const { connection } = before
  const wish = checkWish(ctx, connection, input)
  if (!wish.ok) return wish
  const free = await expectFreeName(ctx.provider(connection), input.name, NAME_TAKEN)
  if (!free.ok) return free
  const begun = await begin(ctx, actor, before, wish.value)
  if (!begun.ok) return begun
  const operation = begun.value
  const sent = await sendMade(ctx, { operation, connection, actor }, KEY_MAKING, (provider) =>
    provider.createKey(askedOf(wish.value, operation.id)),
  )
  return sent.ok ? toldOfCreation(sent.value) : sent
}

/** Whatever made a version of the name since the vault was asked refuses this. */
function begin(
  ctx: Context,
  actor: Actor,
  { connection, madeBefore }: Before,
  target: CreationTarget,
): Promise<Result<Operation, ServiceError>> {
  const named = { connectionId: connection.id, name: target.name }
  return recordIntent(ctx, async (tx) => {
    const [row] = await tx.$queryRaw<{ none: boolean | null }[]>(
      Prisma.sql`SELECT ${madeNoMore(named, madeBefore)} AS "none"`,
    )
    if (row?.none !== true) return err(NAME_TAKEN)
    const intent = { id: ctx.newId(), kind: 'create_key' as const, connection, keyName: target.name, actor }
    // Two calls: to make it, and to disable it at once should it have come enabled.
    return ok(await beginOperation(ctx, tx, { ...intent, calls: 2, facts: paramsOf(target) }))
  })
}

function askedOf({ name, kty, sizeOrCurve, keyOps, expiresAt, releasePolicy }: CreationTarget, id: string) {
  const curve = EC_CURVES.find((known) => known === sizeOrCurve)
  return {
    ...{ name, kty, keyOps, releasePolicy },
    ...(curve ? { curve } : { bits: Number(sizeOrCurve) }),
    enabled: false,
    notBefore: null,
    expiresAt: expiresAt ? new Date(expiresAt) : null,
    tags: { [INTENT_TAG]: id },
  } satisfies CreateKeyInput
}

const ANOTHER =
  'The vault made another key than was asked for. No request to enable it is taken here: see in the vault that it is disabled, and delete it.'

/** What an ended intent to create a key tells its officer. */
export function toldOfCreation(
  operation: Pick<Operation, 'status' | 'code' | 'connectionId' | 'keyName' | 'keyVersion'>,
): Result<CreatedKey, ServiceError> {
  const { status, code, connectionId, keyName, keyVersion } = operation
  if (status === 'succeeded') return ok({ connectionId, name: keyName, version: keyVersion ?? '' })
  if (code === 'request-changed') return err({ code: 'vault-refused', message: ANOTHER })
  return err({ code: code === 'name-soft-deleted' ? 'name-soft-deleted' : 'nothing-reached-the-vault' })
}
