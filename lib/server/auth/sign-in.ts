import 'server-only'
import { z } from 'zod'
import type { SessionView } from '@/lib/domain/people/session-view'
import { appendEvent } from '../audit/append-event'
import type { Context } from '../context'
import type { Person } from '../db/generated/client'
import { inTransaction, type Transaction } from '../db/transaction'
import { takeOf } from '../doors/allowances'
import { withinAuditTime } from '../doors/audit-unavailable'
import { networkOf } from '../doors/client-address'
import { owesSecondFactorUntil } from '../passkeys/owes-second-factor'
import { closeSessions } from './close-sessions'
import { checkPassword, likeAPasswordCheck, PASSWORD_LENGTH_LIMIT } from './password'
import { ABSOLUTE_MS, liveAt } from './session-clock'
import { forgiveSignIn, takeSignInAttempt } from './sign-in-allowance'

const credentialsSchema = z.object({
  email: z.string().trim().min(1).max(320),
  password: z.string().min(1).max(PASSWORD_LENGTH_LIMIT),
})

type Needs = Pick<Context, 'db' | 'clock' | 'newId'>

/** Where somebody signs in from; the address by `lib/server/doors/client-address.ts`. */
export interface SignInPlace {
  address: string
  /** What the browser calls itself. */
  userAgent?: string | null
  /** The installation asks for a passkey after the identity provider's sign-in, too. */
  passkeyAfterProvider?: boolean
  /** The session that this browser's cookie named until now. */
  sessionBefore?: string | null
}

/** Longer ones are cut: no browser needs them, and anybody may send one. */
const USER_AGENT_LIMIT = 512

/**
 * The new session row's id, or null: one answer, after about the same time, for a wrong password, an unknown e-mail, a
 * disabled person and too many attempts.
 */
export async function signIn(
  ctx: Needs,
  credentials: unknown,
  place: SignInPlace,
): Promise<{ sessionId: string; personId: string } | null> {
  const parsed = credentialsSchema.safeParse(credentials)
  if (!parsed.success) return null
  const { email, password } = parsed.data
  const person = await withinAuditTime(findPerson(ctx, email))
  const attempt = { email, address: place.address, personId: person?.id ?? null }
  if (!(await withinAuditTime(takeSignInAttempt(ctx, attempt)))) return refuseLimited(ctx, person, place)
  const right = await checkPassword(password, person?.passwordHash ?? null)
  const admitted = right && person && !person.disabledAt ? person : null
  if (admitted) await withinAuditTime(forgiveSignIn(ctx, attempt))
  return withinAuditTime(
    inTransaction(ctx.db, (tx) => (admitted ? startSession(ctx, tx, admitted, place) : refuse(ctx, tx, person))),
  )
}

/** Costs no password hash, but as much time. One address fills the record with one event in ten minutes. */
async function refuseLimited(ctx: Needs, person: Person | null, { address }: SignInPlace): Promise<null> {
  const noted = await withinAuditTime(takeOf(ctx, 'noted-limit', `sign-in:${networkOf(address)}`))
  if (noted.ok) await withinAuditTime(inTransaction(ctx.db, (tx) => refuse(ctx, tx, person, 'rate-limited')))
  await likeAPasswordCheck()
  return null
}

/** E-mail is how people of this installation name themselves, not what they are: two of one name are nobody. */
async function findPerson(ctx: Needs, email: string): Promise<Person | null> {
  const people = await ctx.db.person.findMany({
    where: { issuer: 'local', email: { equals: escapeLike(email), mode: 'insensitive' } },
    take: 2,
  })
  const [person] = people
  return people.length === 1 && person ? person : null
}

/** Prisma compares without case by ILIKE, where these two mean something. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

/** The session's row and its event, and the end of the one that its browser had before: its cookie is about to be another. */
export async function startSession(
  ctx: Needs,
  tx: Transaction,
  person: Pick<Person, 'id' | 'name'>,
  { address, userAgent, passkeyAfterProvider = false, sessionBefore }: SignInPlace,
  method: SessionView['method'] = 'password',
) {
  const createdAt = ctx.clock()
  const id = ctx.newId()
  const expiresAt = new Date(createdAt.getTime() + ABSOLUTE_MS)
  const from = { method, address, userAgent: userAgent?.slice(0, USER_AGENT_LIMIT) ?? null }
  // A provider has factors of its own: there the installation decides whether a passkey is asked for too.
  const asks = method === 'password' || passkeyAfterProvider
  if (sessionBefore) {
    const live = { id: sessionBefore, ...liveAt(createdAt) }
    await closeSessions(tx, live, { at: createdAt, by: null, because: 'new-sign-in' })
  }
  const secondFactorUntil = asks ? await owesSecondFactorUntil(tx, person.id, createdAt) : null
  await tx.session.create({
    data: { id, personId: person.id, createdAt, lastUseAt: createdAt, expiresAt, secondFactorUntil, ...from },
  })
  await appendEvent(tx, {
    type: 'session.started',
    phase: 'noted',
    at: createdAt,
    actor: { personId: person.id, name: person.name, sessionId: id },
    details: { method, ...(secondFactorUntil ? { secondFactor: 'owed' } : {}) },
  })
  return { sessionId: id, personId: person.id }
}

/** What was typed is not recorded: it may be a password in the wrong field. */
async function refuse(ctx: Needs, tx: Transaction, person: Person | null, code?: 'rate-limited'): Promise<null> {
  await tx.auditEvent.create({
    data: {
      at: ctx.clock(),
      type: 'sign-in.refused',
      phase: 'refused',
      actorId: person?.id ?? null,
      actorName: person?.name ?? null,
      code: code ?? null,
      details: { knownPerson: person !== null, disabled: Boolean(person?.disabledAt) },
    },
  })
  return null
}
