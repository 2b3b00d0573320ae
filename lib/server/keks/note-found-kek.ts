import 'server-only'
import { isKek } from '@/lib/domain/keys/key-operations'
import type { VaultKey } from '@/lib/providers/port'
import type { ConnectionRow, Context } from '../context'
import { isUuid } from '../is-uuid'
import { INTENT_TAG } from '../operations/find-own-version'
import { readKekFacts } from './read-kek-facts'

/**
 * Lists a KEK that the inventory met in a vault and nobody made here. One of our own intents is left alone: its outcome
 * records the KEK. What was recorded once stays: an exchanged key must not overwrite the fingerprint it is compared with.
 */
export async function noteFoundKek(
  ctx: Pick<Context, 'db' | 'clock'>,
  connection: Pick<ConnectionRow, 'id'>,
  key: VaultKey,
): Promise<void> {
  const facts = isKek(key.keyOps) && key.kty === 'RSA-HSM' ? readKekFacts(key) : null
  if (!facts || (await isOurs(ctx, key.tags[INTENT_TAG]))) return
  await ctx.db.kek.upsert({
    where: { kid: facts.kid },
    create: {
      ...facts,
      connectionId: connection.id,
      name: key.name,
      status: 'active',
      createdAt: key.attributes.createdAt ?? ctx.clock(),
    },
    update: { expiresAt: facts.expiresAt },
  })
}

async function isOurs({ db }: Pick<Context, 'db'>, tag: string | undefined): Promise<boolean> {
  if (!tag || !isUuid(tag)) return false
  return (await db.operation.count({ where: { id: tag } })) > 0
}
