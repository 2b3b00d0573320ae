import 'server-only'
import { addConnection } from '../connections/add-connection'
import type { Actor, ConnectionRow, Context } from '../context'
import type { LocalVaultEntry } from './local-file'

const KINDS = {
  'azure-key-vault': 'azure_key_vault',
  'azure-managed-hsm': 'azure_managed_hsm',
} as const satisfies Record<LocalVaultEntry['kind'], ConnectionRow['kind']>

/** Connects the local vaults that are not connected yet, as an administrator would. */
export async function connectLocalVaults(
  ctx: Context,
  administrator: Actor,
  vaults: readonly LocalVaultEntry[],
): Promise<ConnectionRow[]> {
  const rows: ConnectionRow[] = []
  for (const { name, kind, url } of vaults) {
    const known = await ctx.db.connection.findUnique({ where: { url } })
    if (!known) {
      const wish = { name, kind: KINDS[kind], url, environment: 'local', credential: { type: 'local-client' } } as const
      const added = await addConnection(ctx, administrator, wish)
      if (!added.ok) throw new Error(`the local vault ${name} could not be connected: ${added.error.code}`)
    }
    const row = await ctx.db.connection.findUniqueOrThrow({ where: { url } })
    if (!row.removedAt) rows.push(row)
  }
  return rows
}
