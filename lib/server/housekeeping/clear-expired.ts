import 'server-only'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'

const DAY_MS = 24 * 60 * 60 * 1000

interface Expired {
  table: Prisma.Sql
  /** After its own end, which `isOver` compares with. */
  keptForMs: number
  isOver: (before: Date) => Prisma.Sql
}

/**
 * What has served its purpose, each with how long it is kept beyond it. Not here: the record (audit, intents, imports,
 * approvals, proposals and the invitations they made), and allowances, which clear themselves (`doors/rate-limit.ts`).
 */
const EXPIRED: readonly Expired[] = [
  // Asked for at most ten minutes, valid for five; a day more, so that no clock of a console an hour off takes a live one.
  {
    table: Prisma.sql`step_up`,
    keptForMs: DAY_MS,
    isOver: (before) => Prisma.sql`asked_at < ${before} AND (expires_at IS NULL OR expires_at < ${before})`,
  },
  // Five minutes; the same day more.
  { table: Prisma.sql`passkey_challenge`, keptForMs: DAY_MS, isOver: (before) => Prisma.sql`expires_at < ${before}` },
  // A tab that was left open sends the same call again once its officer has signed in, be it after a holiday; without the
  // row it would be done a second time. Never while an intent of it is open: the row is then answered by that.
  {
    table: Prisma.sql`idempotency`,
    keptForMs: 30 * DAY_MS,
    isOver: (before) => Prisma.sql`started_at < ${before} AND NOT EXISTS (
      SELECT FROM operation
      WHERE status IN ('pending', 'indeterminate') AND actor_id = person_id AND call_key = action || ' ' || key)`,
  },
  // Its addresses are known ones for 90 days (`auth/sign-in-allowance.ts`), and the audit log names it: for more than a year
  // an inquiry finds here from where, and with what, somebody had signed in.
  {
    table: Prisma.sql`session`,
    keptForMs: 400 * DAY_MS,
    isOver: (before) => Prisma.sql`expires_at < ${before} AND NOT EXISTS (
      SELECT FROM step_up WHERE session_id = session.id)`,
  },
]

/** As many at once as a statement deletes in a moment: nobody waits for it. */
const AT_ONCE = 5_000

/** Twice a day, by one of the consoles. Repeats harmlessly. */
export async function clearExpired({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  for (const { table, keptForMs, isOver } of EXPIRED) {
    const over = isOver(new Date(clock().getTime() - keptForMs))
    const clear = () =>
      db.$executeRaw`DELETE FROM ${table} WHERE ctid IN (SELECT ctid FROM ${table} WHERE ${over} LIMIT ${AT_ONCE})`
    while ((await clear()) === AT_ONCE);
  }
}
