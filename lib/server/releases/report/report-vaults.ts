import 'server-only'
import type { Context } from '../../context'
import { Prisma } from '../../db/generated/client'
import { vaultFinder } from '../vault-of-record'

/** A vault that a report may be about: a connection, or one that logs tell of and no connection leads to. */
export interface ReportVault {
  /** What the address names it by. */
  id: string
  connectionId: string | null
  name: string
  url: string | null
  /** In the logs. */
  logNames: string[]
}

export async function reportVaults(db: Context['db']): Promise<ReportVault[]> {
  const [connections, logged, find] = await Promise.all([
    db.connection.findMany({ select: { id: true, name: true, url: true }, orderBy: { name: 'asc' } }),
    db.logFile.findMany({ where: { vault: { not: null } }, distinct: ['vault'], select: { vault: true } }),
    vaultFinder({ db }),
  ])
  const names = logged.flatMap(({ vault }) => (vault === null ? [] : [vault])).sort()
  const connectionOf = (vault: string) => find({ vault, origin: null })
  const connected = connections.map(({ id, name, url }) => ({
    ...{ id, connectionId: id, name, url },
    logNames: names.filter((vault) => connectionOf(vault) === id),
  }))
  const others = names.filter((vault) => connectionOf(vault) === null)
  return [
    ...connected,
    ...others.map((name) => ({ ...{ id: name, connectionId: null, name, url: null }, logNames: [name] })),
  ]
}

/** Calls `k` of that vault; those that were read before it was connected are known by its name in the log. */
export function ofVault({ connectionId, logNames }: ReportVault): Prisma.Sql {
  const byName = Prisma.sql`k.connection_id IS NULL AND k.vault = ANY(${logNames}::text[])`
  return connectionId === null
    ? Prisma.sql`(${byName})`
    : Prisma.sql`(k.connection_id = ${connectionId}::uuid OR (${byName}))`
}
