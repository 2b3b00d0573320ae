import 'server-only'
import type { Context } from '../context'
import type { Proposal } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import { otherAccountsOf } from '../people/other-accounts'

type Database = Context['db'] | Transaction

/**
 * Who imported the version that an unmarking is about, and their other accounts: they may propose it, and never confirm
 * it. Of every other kind of proposal nobody is barred this way. Answers people's ids by the proposals' `subjectId`.
 */
export async function barredByImport(
  db: Database,
  proposals: readonly Pick<Proposal, 'kind' | 'subjectId'>[],
): Promise<(subjectId: string) => readonly string[]> {
  const versions = proposals.filter(({ kind }) => kind === 'unmark_compromised').map(({ subjectId }) => subjectId)
  const barred = new Map<string, string[]>()
  for (const { versionId, importerId } of await importersOf(db, versions)) {
    barred.set(versionId, [importerId, ...(await otherAccountsOf(db, [importerId]))])
  }
  return (subjectId) => barred.get(subjectId) ?? []
}

/** A version was imported by one import, or by none of ours. */
async function importersOf(
  db: Database,
  versionIds: readonly string[],
): Promise<{ versionId: string; importerId: string }[]> {
  if (versionIds.length === 0) return []
  return db.$queryRaw`
    SELECT v.id AS "versionId", i.importer_id AS "importerId"
    FROM key_version v JOIN key_record r ON r.id = v.key_record_id
    JOIN import i ON i.connection_id = r.connection_id AND i.key_name = r.name AND i.key_version = v.version
    WHERE v.id = ANY (${[...versionIds]}::uuid[])`
}
