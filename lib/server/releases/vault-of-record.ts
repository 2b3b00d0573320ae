import 'server-only'
import type { Context } from '../context'

/** The connection that a record's vault is, by the address that was asked, else by the vault's name. */
export type FindVault = (record: { vault: string; origin: string | null }) => string | null

export async function vaultFinder(ctx: Pick<Context, 'db'>): Promise<FindVault> {
  // A live one before one that was removed.
  const rows = await ctx.db.connection.findMany({
    select: { id: true, name: true, url: true },
    orderBy: { removedAt: { sort: 'desc', nulls: 'first' } },
  })
  return ({ vault, origin }) => {
    const byOrigin = rows.find(({ url }) => origin !== null && new URL(url).origin === origin)
    const byHost = rows.find(({ url }) => new URL(url).hostname.split('.')[0]?.toLowerCase() === vault)
    const byName = rows.find(({ name }) => name.toLowerCase() === vault)
    return (byOrigin ?? byHost ?? byName)?.id ?? null
  }
}
