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
  const by = (nameOf: (row: (typeof rows)[number]) => string | undefined) =>
    // Of two, the first stays.
    new Map(rows.toReversed().map((row) => [nameOf(row), row.id]))
  const byOrigin = by(({ url }) => new URL(url).origin)
  const byHost = by(({ url }) => new URL(url).hostname.split('.')[0]?.toLowerCase())
  const byName = by(({ name }) => name.toLowerCase())
  return ({ vault, origin }) =>
    (origin === null ? undefined : byOrigin.get(origin)) ?? byHost.get(vault) ?? byName.get(vault) ?? null
}
