import 'server-only'
import type { Actor, Context } from '../context'
import { Prisma } from '../db/generated/client'
import { readRows } from '../db/read-rows'
import { STANDING_SQL, type Standing, type StandingJson, toStanding } from '../status/read-standing'
import { type SessionInstants, sessionState } from './session-clock'

type Needs = Pick<Context, 'db' | 'clock'>

/** Somebody, and how their session stands. */
export interface LiveSession {
  actor: Actor
  lastUseAt: Date
  expiresAt: Date
}

/**
 * The person behind a session row, or null when the row has ended, lapsed, still owes its second factor, or belongs to
 * somebody disabled. Roles are read afresh, so that a revoked role is gone on the next request. Reading prolongs nothing:
 * that is `extend-session.ts`, and the officer's own input alone.
 */
export async function readSession(ctx: Needs, sessionId: string): Promise<Actor | null> {
  return (await readLiveSession(ctx, sessionId))?.actor ?? null
}

export async function readLiveSession(ctx: Needs, sessionId: string): Promise<LiveSession | null> {
  const row = await selectSession(ctx, sessionId)
  return row ? liveOrNull(row, sessionId, ctx.clock()) : null
}

/** The same for a page or a reading route, which shows how everything stands: both in one statement. */
export async function readSessionAndStanding(ctx: Needs, sessionId: string): Promise<SessionAndStanding | null> {
  const row = await selectSession<{ standing: StandingJson }>(ctx, sessionId, Prisma.sql`, ${STANDING_SQL} AS standing`)
  const session = row && liveOrNull(row, sessionId, ctx.clock())
  return session ? { session, standing: toStanding(row.standing) } : null
}

export interface SessionAndStanding {
  session: LiveSession
  standing: Standing
}

function liveOrNull(row: SessionSqlRow, sessionId: string, now: Date): LiveSession | null {
  if (row.secondFactorUntil || !isOpen(row, now)) return null
  return { actor: actorOf(row, sessionId), lastUseAt: row.lastUseAt, expiresAt: row.expiresAt }
}

/** Who gave a password and still owes a passkey: for the one page that asks for it, and for nothing else. */
export async function readOwingSession(ctx: Needs, sessionId: string): Promise<Actor | null> {
  const row = await selectSession(ctx, sessionId)
  const now = ctx.clock()
  if (!row?.secondFactorUntil || row.secondFactorUntil <= now || !isOpen(row, now)) return null
  return actorOf(row, sessionId)
}

const isOpen = (row: SessionSqlRow, now: Date) => !row.disabledAt && sessionState(row, now) === 'live'

function actorOf({ personId, issuer, subject, name, email, roles }: SessionSqlRow, sessionId: string): Actor {
  return { personId, issuer, subject, name, email, roles, sessionId }
}

interface SessionSqlRow extends SessionInstants, Omit<Actor, 'sessionId'> {
  disabledAt: Date | null
  secondFactorUntil: Date | null
}

/** Every request asks this, so it is one statement; what a password is checked with stays where it is. */
async function selectSession<More = unknown>(
  { db }: Needs,
  sessionId: string,
  more = Prisma.empty,
): Promise<(SessionSqlRow & More) | undefined> {
  const statement = Prisma.sql`
    SELECT s.last_use_at AS "lastUseAt", s.expires_at AS "expiresAt", s.ended_at AS "endedAt",
           s.second_factor_until AS "secondFactorUntil",
           p.id AS "personId", p.issuer, p.subject, p.name, p.email, p.disabled_at AS "disabledAt",
           ARRAY(SELECT r.role::text FROM person_role r WHERE r.person_id = p.id) AS roles${more}
    FROM session s JOIN person p ON p.id = s.person_id
    WHERE s.id = ${sessionId}::uuid`
  const [row] = await readRows<SessionSqlRow & More>(db, statement)
  return row
}
