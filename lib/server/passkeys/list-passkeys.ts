import 'server-only'
import { needsPasskey } from '@/lib/domain/passkeys/needs-passkey'
import type { PasskeysView } from '@/lib/domain/passkeys/views'
import type { Actor, Context } from '../context'
import { requirePermission } from '../people/require-permission'
import { type PasskeySettings, unavailableHere } from './relying-party'

/** One's own, the oldest first. */
export async function listPasskeys(ctx: Context, actor: Actor, settings: PasskeySettings): Promise<PasskeysView> {
  requirePermission(actor, 'account.manage')
  const rows = await ctx.db.passkey.findMany({
    where: { personId: actor.personId, removedAt: null },
    orderBy: { createdAt: 'asc' },
  })
  return {
    passkeys: rows.map(({ id, name, deviceType, createdAt, lastUsedAt }) => ({
      id,
      name,
      synced: deviceType === 'multiDevice',
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
    unavailable: unavailableHere(settings),
    required: needsPasskey(actor.roles, settings.required),
  }
}
