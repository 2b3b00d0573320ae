import 'server-only'
import { type DeletedKeyListing, type KeyListing, ProviderError, type ProviderErrorCode } from '@/lib/providers/port'
import type { ConnectionRow, Context } from '../context'
import type { KeyRecord } from '../db/generated/client'
import { differsFromIndex } from './differs-from-index'
import { noteGone } from './note-gone'
import { recordDeleted } from './record-deleted'
import { isNotFound, refreshKey } from './refresh-key'
import { runBounded } from './run-bounded'
import { watchPolicies } from './watch-policies'
import { watchReviews } from './watch-reviews'

export type Indexed = { ok: true; keys: number } | { ok: false; code: ProviderErrorCode }

const AT_ONCE = 4
/** A listing shows the latest versions only; older ones are read again this often, whatever the listing says. */
const FULL_EVERY_MS = 60 * 60 * 1000

/**
 * Reads one vault to its end and brings the index up to date: only what changed is read in full. A vault that fails is a
 * result with its code; what was read until then stays.
 */
export async function indexConnection(ctx: Context, connection: ConnectionRow): Promise<Indexed> {
  const startedAt = ctx.clock()
  try {
    const listed = await readAll(ctx.provider(connection).listKeys())
    const deleted = await readDeleted(ctx, connection)
    const known = await ctx.db.keyRecord.findMany({ where: { connectionId: connection.id } })
    const records = new Map(known.map((record) => [record.name, record]))
    const changed = listed.filter((listing) => isStale(ctx, listing, records))
    await runBounded(AT_ONCE, changed, (listing) => refreshListed(ctx, connection, listing.name))
    await recordDeleted(ctx, connection, deleted ?? [])
    await noteGone(ctx, connection, { startedAt, listed, deleted })
    await watchReviews(ctx, connection)
    await watchPolicies(ctx, connection)
    await ctx.db.connectionHealth.upsert({
      where: { connectionId: connection.id },
      create: { connectionId: connection.id, state: 'answering', indexedAt: startedAt, lastAnswerAt: startedAt },
      update: { indexedAt: startedAt },
    })
    return { ok: true, keys: listed.length }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return { ok: false, code: error.code }
  }
}

async function readAll<T>(listing: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of listing) all.push(item)
  return all
}

/** null: this identity may not list the deleted, so nothing is known about them. */
async function readDeleted(ctx: Context, connection: ConnectionRow): Promise<DeletedKeyListing[] | null> {
  try {
    return await readAll(ctx.provider(connection).listDeletedKeys())
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'not-permitted') return null
    throw error
  }
}

function isStale(ctx: Context, listing: KeyListing, records: ReadonlyMap<string, KeyRecord>): boolean {
  const record = records.get(listing.name)
  if (!record || record.deletedAt || record.purgedAt) return true
  return ctx.clock().getTime() - record.refreshedAt.getTime() > FULL_EVERY_MS || differsFromIndex(listing, record)
}

/** Deleted between the listing and now: the next round tells. */
async function refreshListed(ctx: Context, connection: ConnectionRow, name: string): Promise<void> {
  try {
    await refreshKey(ctx, connection, name)
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}
