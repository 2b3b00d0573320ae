import 'server-only'
import { ProviderError } from '@/lib/providers/port'
import type { ConnectionRow, Context } from '../context'
import { recordPolicy } from '../releases/policy-snapshots'
import { runBounded } from './run-bounded'

/** Reads of one round, so many at once: the rest have their turn in the next rounds. */
const AT_MOST = 40
const AT_ONCE = 4

/**
 * Looks at the release policies of what can be exported, those first that were looked at longest ago: a listing does not
 * hold them, and that a vault's `updated` tells of a changed policy is written nowhere.
 */
export async function watchPolicies(ctx: Context, connection: ConnectionRow): Promise<void> {
  const due = await ctx.db.$queryRaw<{ name: string; version: string }[]>`
    SELECT k.name, v.version FROM key_version v JOIN key_record k ON k.id = v.key_record_id
      LEFT JOIN LATERAL (SELECT max(last_seen_at) AS seen FROM policy_snapshot p
        WHERE p.connection_id = k.connection_id AND p.key_name = k.name AND p.key_version = v.version) last ON true
     WHERE k.connection_id = ${connection.id}::uuid AND v.exportable AND k.deleted_at IS NULL AND k.purged_at IS NULL
     ORDER BY last.seen NULLS FIRST LIMIT ${AT_MOST}`
  await runBounded(AT_ONCE, due, ({ name, version }) => look(ctx, connection, name, version))
}

async function look(ctx: Context, connection: ConnectionRow, name: string, version: string): Promise<void> {
  try {
    const { value: key } = await ctx.provider(connection).getKey(name, version)
    await recordPolicy(ctx, { connection, key, seenBy: 'read' })
  } catch (error) {
    if (!(error instanceof ProviderError && error.code === 'key-not-found')) throw error
  }
}
