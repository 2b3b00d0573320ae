import 'server-only'
import type { Notice } from '@/lib/domain/notifications/notice'
import type { Transaction } from '../db/transaction'

/** Notices of a kind that one vault gives in a day, before one tells of all the others. */
const ONE_BY_ONE = 10

/** So many a day of each kind and vault; the rest as one. @param today UTC, YYYY-MM-DD. */
export async function fewOf(tx: Transaction, news: readonly Notice[], today: string): Promise<Notice[]> {
  const told = await tx.$queryRaw<{ kind: string; connectionId: string; count: number }[]>`
    SELECT kind, facts ->> 'connectionId' AS "connectionId", count(*)::int AS count FROM notification
     WHERE kind IN ('release-denied', 'release-first-seen') AND raised_at >= ${new Date(today)}::timestamptz GROUP BY 1, 2`
  const counts = new Map(told.map(({ kind, connectionId, count }) => [`${kind} ${connectionId}`, count]))
  return news.map((notice) => {
    const counted = `${notice.kind} ${'connectionId' in notice.facts ? notice.facts.connectionId : ''}`
    const count = counts.get(counted) ?? 0
    counts.set(counted, count + 1)
    return count < ONE_BY_ONE ? notice : further(notice)
  })
}

/** What tells of all the others; raised once, by what it is about. */
function further(notice: Notice): Notice {
  if (notice.kind === 'release-denied') return { kind: notice.kind, facts: { ...notice.facts, keyName: null } }
  if (notice.kind !== 'release-first-seen') return notice
  const { connectionId, vaultName, day } = notice.facts
  return { kind: notice.kind, facts: { connectionId, vaultName, day, ...NONE_BY_NAME } }
}
const NONE_BY_NAME = { keyName: null, record: null, person: null, address: null }
