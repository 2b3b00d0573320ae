import 'server-only'
import { aboutOf, type Notice } from '@/lib/domain/notifications/notice'
import type { Context } from '../context'
import { inTransaction, type Transaction } from '../db/transaction'
import { noticesStatement } from '../notifications/raise-notification'
import { fewOf } from './few-of-notices'
import { newsOf } from './news-of-calls'
import { AT_ONCE, LET_GO, NEVER_ROW_BY_ROW, OPEN_CALLS, type OpenCall } from './told-calls-sql'

type Needs = Pick<Context, 'db' | 'clock' | 'channels'>

/** How often a round looks. */
const TIMES = 10

/** Tells of what was read: refusals, and who or what was seen for the first time. What is told, or is no news, is let go with it. */
export async function tellReleases(ctx: Needs): Promise<void> {
  for (let time = 0; time < TIMES; time += 1) {
    if ((await tellOldest(ctx)) < AT_ONCE) return
  }
}

/** How many calls it looked at. */
function tellOldest(ctx: Needs): Promise<number> {
  const today = ctx.clock().toISOString().slice(0, 10)
  return inTransaction(ctx.db, async (tx) => {
    await tx.$queryRaw(NEVER_ROW_BY_ROW)
    const calls = await tx.$queryRaw<OpenCall[]>(OPEN_CALLS)
    const news = await withoutTold(tx, newsOf(calls, today))
    if (news.length > 0) await tx.$queryRaw(noticesStatement(ctx, await fewOf(tx, news, today)))
    return tx.$executeRaw(LET_GO)
  })
}

/** Each once, and none that stands already. */
async function withoutTold(tx: Transaction, notices: readonly Notice[]): Promise<Notice[]> {
  const byAbout = new Map(notices.toReversed().map((notice) => [aboutOf(notice), notice]))
  const standing = await tx.notification.findMany({
    where: { about: { in: [...byAbout.keys()] } },
    select: { about: true },
  })
  for (const { about } of standing) byAbout.delete(about)
  return [...byAbout.values()].toReversed()
}
