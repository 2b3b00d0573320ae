import 'server-only'
import { credentialSchema, credentialWords } from '@/lib/domain/connections/credential'
import { KIND_FACTS } from '@/lib/domain/connections/kind'
import type { AddConnectionInput } from '@/lib/domain/connections/views'
import { isSameState } from '@/lib/domain/proposals/frozen-proposal'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import type { Connection } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
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
    const known = await tx.connection.findUnique({ where: { url: input.url } })
    if (known && !known.removedAt) return invalid('url', 'This vault is connected already.')
    if (known) return connectAgain(ctx, tx, actor, { known, input })
    const sameName = await tx.connection.findUnique({ where: { name: input.name }, select: { id: true } })
    if (sameName)
      return invalid('name', 'A connection of this name exists, or existed: records name it. Choose another.')
    const at = ctx.clock()
    const { name, kind, url, environment, credential } = input
    const connection = await tx.connection.create({
      data: { name, kind, url, environment, credential, createdAt: at, createdById: actor.personId },
    })
    await recordAdded(tx, actor, connection, { at, input, again: false })
    return ok(connection)
  })
}

/**
 * A vault that was removed comes back as it was, with its record: what was imported into it, and which of its versions
 * are marked compromised. Only as it was: to remove and add with another credential would change it alone, and that
 * takes two.
 */
async function connectAgain(
  ctx: Context,
  tx: Transaction,
  actor: Actor,
  { known, input }: { known: Connection; input: AddConnectionInput },
): Promise<Result<ConnectionRow, ServiceError>> {
  const differs = Object.entries(WAS).filter(([field]) => !isSameState(known[field as Field], input[field as Field])) // WAS has exactly these fields
  if (differs.length > 0) {
    const fields = Object.fromEntries(differs.map(([field, words]) => [field, words(known)]))
    return err({ code: 'invalid-input', fields })
  }
  const at = ctx.clock()
  const connection = await tx.connection.update({ where: { id: known.id }, data: { removedAt: null } })
  await recordAdded(tx, actor, connection, { at, input, again: true })
  return ok(connection)
}

const THEN = 'Connect it again as it was, then propose the change: that takes two.'
const WAS = {
  name: ({ name }: Connection) => `This vault was connected before, as ${name}. ${THEN}`,
  kind: ({ kind }: Connection) => `This vault was connected before, as ${KIND_FACTS[kind].label}.`,
  environment: ({ environment }: Connection) => `This vault was connected before, as ${environment}. ${THEN}`,
  credential: ({ credential }: Connection) =>
    `This vault was connected before, with: ${credentialWords(credentialSchema.parse(credential))}. ${THEN}`,
} as const
type Field = keyof typeof WAS

function recordAdded(
  tx: Transaction,
  actor: Actor,
  connection: ConnectionRow,
  { at, input, again }: { at: Date; input: AddConnectionInput; again: boolean },
): Promise<void> {
  const { kind, url, environment, credential } = input
  const details = { kind, url, environment, credential: credential.type, again }
  return appendEvent(tx, { type: 'connection.added', phase: 'noted', at, actor, connection, details })
}
