import 'server-only'
import type { Context } from '../context'
import { takeOf } from '../doors/allowances'
import { networkOf } from '../doors/client-address'
import { digestForBucket, refillAllowance } from '../doors/rate-limit'

type Needs = Pick<Context, 'db' | 'clock'>

export interface SignInAttempt {
  /** As it was typed. */
  email: string
  /** Where it came from, by `lib/server/doors/client-address.ts`. */
  address: string
  /** Whose e-mail it is, if anybody's. */
  personId: string | null
}

/** As long as a person's own addresses are remembered. */
const KNOWN_FOR_MS = 90 * 24 * 60 * 60 * 1000
const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Three allowances, each for another attacker:
 *
 * - an address, whatever it tries: each attempt costs a password hash;
 * - a pair of account and address, against guessing from one place. A right password gives it back;
 * - an account from everywhere, against guessing from many places. It does not count for an address from which the
 *   account's owner signed in during the last 90 days: a stranger can use it up, and keep it used up, without ever locking
 *   out an officer who sits where they usually sit.
 *
 * All of it goes by what was typed, known or not, so that a limit tells nothing about who exists.
 */
export async function takeSignInAttempt(ctx: Needs, attempt: SignInAttempt): Promise<boolean> {
  const network = networkOf(attempt.address)
  if (!(await takeOf(ctx, 'sign-in:address', network)).ok) return false
  if (!(await takeOf(ctx, 'sign-in:pair', pairOf(attempt))).ok) return false
  const atHome = await signedInFrom(ctx, attempt.personId ?? NOBODY, network)
  return atHome || (await takeOf(ctx, 'sign-in:account', digestForBucket(attempt.email))).ok
}

/** After a right password: what was mistyped before does not count against this person here any more. */
export function forgiveSignIn(ctx: Needs, attempt: Omit<SignInAttempt, 'personId'>): Promise<void> {
  return refillAllowance(ctx, `sign-in:pair:${pairOf(attempt)}`)
}

const pairOf = ({ email, address }: Omit<SignInAttempt, 'personId'>) =>
  `${digestForBucket(email)}:${networkOf(address)}`

async function signedInFrom(ctx: Needs, personId: string, network: string): Promise<boolean> {
  const since = new Date(ctx.clock().getTime() - KNOWN_FOR_MS)
  const sessions = await ctx.db.session.findMany({
    // Who has the password alone has not been at home: that session still owes its passkey.
    where: { personId, createdAt: { gte: since }, address: { not: null }, secondFactorUntil: null },
    distinct: ['address'],
    select: { address: true },
  })
  return sessions.some(({ address }) => address !== null && networkOf(address) === network)
}
