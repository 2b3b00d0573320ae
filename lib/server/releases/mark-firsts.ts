import 'server-only'
import { FIRST_SEEN } from '@/lib/domain/releases/history/first-seen'
import type { LogRecordView, ReleaseView } from '@/lib/domain/releases/history/views'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'
import { firstsSql } from './first-seen-sql'

type MarkedRecord = Omit<ReleaseView, 'evaluation'>

/** Says of each release what it is the first of. */
export async function markFirsts(db: Context['db'], records: readonly LogRecordView[]): Promise<MarkedRecord[]> {
  if (records.length === 0) return []
  const vaults = records.map(({ vault }) => vault)
  const keys = records.map(({ keyName }) => keyName?.toLowerCase() ?? '')
  const ofThese = Prisma.sql`(k.vault, coalesce(lower(k.key_name), '')) IN (
    SELECT o.vault, o.key FROM unnest(${vaults}::text[], ${keys}::text[]) AS o(vault, key))`
  const firsts = await db.$queryRaw<{ kind: string; digest: string }[]>`
    SELECT f.kind, f.digest FROM (${firstsSql(FIRST_SEEN, ofThese)}) f
     WHERE f.digest = ANY(${records.map(({ digest }) => digest)}::text[])`
  const known = new Set(firsts.map(({ kind, digest }) => `${kind} ${digest}`))
  const seenFirst = (digest: string) => FIRST_SEEN.filter((kind) => known.has(`${kind} ${digest}`))
  return records.map((record) => ({ ...record, firstSeen: seenFirst(record.digest) }))
}
