import 'server-only'
import type { Actor, Context } from '../context'

type Needs = Pick<Context, 'db' | 'clock' | 'newId'>
type Purpose = 'register' | 'second-factor'

/** As long as a person looks for a key; also what the browser is told to wait at most. */
export const CHALLENGE_LASTS_MS = 5 * 60_000
export const BROWSER_WAITS_MS = 2 * 60_000

/** Keeps what is to be signed; answers the row's id. Rows of the past go with it. */
export async function keepChallenge(
  { db, clock, newId }: Needs,
  { sessionId }: Actor,
  kept: { purpose: Purpose; challenge: string; name?: string },
): Promise<string> {
  const now = clock()
  const id = newId()
  const expiresAt = new Date(now.getTime() + CHALLENGE_LASTS_MS)
  await db.passkeyChallenge.deleteMany({ where: { expiresAt: { lt: now } } })
  await db.passkeyChallenge.create({ data: { id, sessionId, expiresAt, ...kept } })
  return id
}

/**
 * Takes it, whatever comes of the answer: of any number of answers at once one is looked at. Null for a challenge of
 * another session or purpose, for one that has lapsed, and for the second taker.
 */
export async function takeChallenge(
  { db, clock }: Needs,
  { sessionId }: Actor,
  { id, purpose }: { id: string; purpose: Purpose },
): Promise<{ challenge: string; name: string | null } | null> {
  const now = clock()
  const [taken] = await db.passkeyChallenge.updateManyAndReturn({
    where: { id, sessionId, purpose, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
    select: { challenge: true, name: true },
  })
  return taken ?? null
}
