import 'server-only'
import { ProviderError } from '@/lib/providers/port'
import { appendEvent } from '../audit/append-event'
import type { Actor, ConnectionRow, Context } from '../context'
import { inTransaction } from '../db/transaction'
import { recordVersion } from '../inventory/record-version'
import { disableVersion } from '../stop/disable-version'
import type { GENERATED_KEYS } from './generated-keys'

type GeneratedKey = (typeof GENERATED_KEYS)[number]

const DAY_MS = 24 * 60 * 60 * 1000

/** Makes one example key, unless the vault has it already, and brings it into its state. */
export async function makeGeneratedKey(
  ctx: Context,
  officer: Actor,
  connection: ConnectionRow,
  key: GeneratedKey,
): Promise<void> {
  if (await isThere(ctx, connection, key.name)) return
  await recorded(ctx, connection, key.name, 'create', () => create(ctx, connection, key))
  if (key.ends === 'deleted') {
    await recorded(ctx, connection, key.name, 'delete', async () => {
      await ctx.provider(connection).deleteKey(key.name)
    })
  }
  if (key.ends === 'stopped') await stop(ctx, officer, connection, key.name)
}

async function isThere(ctx: Context, connection: ConnectionRow, name: string): Promise<boolean> {
  const provider = ctx.provider(connection)
  try {
    await provider.getKey(name)
    return true
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== 'key-not-found') throw error
    return (await provider.getDeletedKey(name)).value !== null
  }
}

async function create(ctx: Context, connection: ConnectionRow, key: GeneratedKey): Promise<void> {
  const { where: _where, notBeforeDays, expiresDays, ends: _ends, ...wish } = key
  const { value } = await ctx.provider(connection).createKey({
    ...wish,
    notBefore: inDays(ctx, notBeforeDays),
    expiresAt: inDays(ctx, expiresDays),
    tags: { environment: 'local', owner: 'examples' },
  })
  await recordVersion(ctx, { connection, key: value, isLatest: true, origin: 'generated' })
}

function inDays(ctx: Context, days: number | undefined): Date | null {
  return days === undefined ? null : new Date(ctx.clock().getTime() + days * DAY_MS)
}

async function stop(ctx: Context, officer: Actor, connection: ConnectionRow, name: string): Promise<void> {
  const { value } = await ctx.provider(connection).getKey(name)
  const reason = 'Example: the model that used it is being looked into'
  const stopped = await disableVersion(ctx, officer, {
    connectionId: connection.id,
    name,
    version: value.version,
    reason,
  })
  if (!stopped.ok) throw new Error(`the example key ${name} could not be stopped: ${stopped.error.code}`)
}

/** No vault is touched without a durable record first, not even for an example. */
async function recorded(
  ctx: Context,
  connection: ConnectionRow,
  keyName: string,
  act: 'create' | 'delete',
  work: () => Promise<void>,
): Promise<void> {
  const note = (phase: 'intended' | 'succeeded') =>
    inTransaction(ctx.db, (tx) =>
      appendEvent(tx, {
        type: 'installation.estate-made',
        phase,
        at: ctx.clock(),
        actor: null,
        connection,
        keyName,
        details: { act },
      }),
    )
  await note('intended')
  await work()
  await note('succeeded')
}
