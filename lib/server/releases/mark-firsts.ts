import 'server-only'
import { FIRST_SEEN } from '@/lib/domain/releases/history/first-seen'
import type { LogRecordView, ReleaseView } from '@/lib/domain/releases/history/views'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'
import { firstsSql } from './first-seen-sql'

type MarkedRecord = Omit<ReleaseView, 'evaluation'>

/** Says of each release what it is the first of. */
export async function markFirsts(db: Context['db'], records: readonly LogRecordView[]): Promise<MarkedRecord[]> {
  const known = await firstsAmong(db, await possibleFirsts(db, records))
  const seenFirst = (digest: string) => FIRST_SEEN.filter((kind) => known.has(`${kind} ${digest}`))
  return records.map((record) => ({ ...record, firstSeen: seenFirst(record.digest) }))
}

/**
 * Whatever a record is the first of, it is the first of its own call, too; of an environment, it has a token. On most pages
 * none is, and no other call has to be compared.
 */
async function possibleFirsts(db: Context['db'], records: readonly LogRecordView[]): Promise<LogRecordView[]> {
  if (records.length === 0) return []
  const rows = await db.$queryRaw<{ digest: string }[]>`
    SELECT r.digest FROM unnest(${records.map(({ digest }) => digest)}::text[]) AS m(digest)
      JOIN log_record r ON r.digest = m.digest JOIN log_call k ON k.id = r.call_id
     WHERE k.first_digest = r.digest OR EXISTS (SELECT FROM release_evaluation v WHERE v.digest = r.digest)`
  const possible = new Set(rows.map(({ digest }) => digest))
  return records.filter(({ digest }) => possible.has(digest))
}

/** `kind digest` of those that are, compared with all calls of their keys. */
async function firstsAmong(db: Context['db'], records: readonly LogRecordView[]): Promise<ReadonlySet<string>> {
  if (records.length === 0) return new Set()
  const vaults = records.map(({ vault }) => vault)
  const keys = records.map(({ keyName }) => keyName?.toLowerCase() ?? '')
  const ofThese = Prisma.sql`(k.vault, coalesce(lower(k.key_name), '')) IN (
    SELECT o.vault, o.key FROM unnest(${vaults}::text[], ${keys}::text[]) AS o(vault, key))`
  const firsts = await db.$queryRaw<{ kind: string; digest: string }[]>`
    SELECT f.kind, f.digest FROM (${firstsSql(FIRST_SEEN, ofThese)}) f
     WHERE f.digest = ANY(${records.map(({ digest }) => digest)}::text[])`
  return new Set(firsts.map(({ kind, digest }) => `${kind} ${digest}`))
}
