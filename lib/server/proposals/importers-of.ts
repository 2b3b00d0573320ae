import 'server-only'
import type { Context } from '../context'
import type { Proposal } from '../db/generated/client'
import type { Transaction } from '../db/transaction'

/**
 * Who imported or created the version that an unmarking is about: they may propose it, and never confirm it. Of every other kind of
 * proposal nobody is barred this way. Answers people's ids by the proposals' `subjectId`.
 */
export async function importersOf(
  db: Context['db'] | Transaction,
  proposals: readonly Pick<Proposal, 'kind' | 'subjectId'>[],
): Promise<(subjectId: string) => readonly string[]> {
  const versions = proposals.filter(({ kind }) => kind === 'unmark_compromised').map(({ subjectId }) => subjectId)
  if (versions.length === 0) return () => []
  const rows = await db.$queryRaw<{ versionId: string; importerId: string }[]>`
    SELECT v.id AS "versionId", i.importer_id AS "importerId"
    FROM key_version v JOIN key_record r ON r.id = v.key_record_id
    JOIN import i ON i.connection_id = r.connection_id AND i.key_name = r.name AND i.key_version = v.version
    WHERE v.id = ANY (${versions}::uuid[])
    UNION ALL
    SELECT v.id, o.actor_id
    FROM key_version v JOIN key_record r ON r.id = v.key_record_id
    JOIN operation o ON o.connection_id = r.connection_id AND lower(o.key_name) = lower(r.name) AND o.kind = 'create_key'
      AND o.key_version = v.version
    WHERE v.id = ANY (${versions}::uuid[])`
  return (subjectId) => rows.filter(({ versionId }) => versionId === subjectId).map(({ importerId }) => importerId)
}
