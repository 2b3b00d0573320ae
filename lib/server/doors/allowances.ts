import 'server-only'
import type { Context } from '../context'
import { type Allowance, secondsOf, type Taken, takeAllowance } from './rate-limit'

/**
 * How much of what. All but `routes` are shared by all consoles. Generous where a person works, narrow where somebody
 * guesses: sign-in is told in `lib/server/auth/sign-in-allowance.ts`.
 */
export const ALLOWANCES = {
  /** Attempts from one address (IPv6: one /64), right or wrong: each costs a password hash. */
  'sign-in:address': { burst: 100, perMs: 1_000 },
  /** Wrong attempts at one account from one address. Given back by a right one. */
  'sign-in:pair': { burst: 10, perMs: 60_000 },
  /** Attempts at one account from all addresses together from which its owner has not signed in lately. */
  'sign-in:account': { burst: 50, perMs: 120_000 },
  /** Wrong attempts in a row at one person's password, in any of their sessions. Given back by a right one. */
  'step-up': { burst: 5, perMs: 60_000 },
  /** Attempts to use an invitation from one address (IPv6: one /64), right or wrong. */
  'open:address': { burst: 30, perMs: 10_000 },
  /** Attempts of one session that still owes its passkey. */
  'second-factor': { burst: 10, perMs: 30_000 },
  /** Every action of one person, whatever it is. */
  action: { burst: 400, perMs: 50 },
  /** Imports that one person submits: a queue of files, then one a second. */
  submit: { burst: 100, perMs: 1_000 },
  /** Tests that one person sends: each leaves the console by every way out. */
  'send-test': { burst: 10, perMs: 30_000 },
  /** Vaults that one person has asked whether they answer. */
  'check-vault': { burst: 30, perMs: 2_000 },
  /** Files of the audit log, read to its end each time. */
  export: { burst: 20, perMs: 30_000 },
  /** Refusals of one session at the outermost door, and limits reached: how many of them are recorded. */
  'noted-refusal': { burst: 10, perMs: 60_000 },
  'noted-limit': { burst: 1, perMs: 600_000 },
  /** Reads of one session; each console counts its own. */
  routes: { burst: 1_000, perMs: 8 },
} as const satisfies Record<string, Allowance>

export type AllowanceName = keyof typeof ALLOWANCES

/** `whose`: an id of ours, an address' network, or a digest of what was typed. */
export function takeOf(ctx: Pick<Context, 'db'>, name: AllowanceName, whose: string): Promise<Taken> {
  return takeAllowance(ctx, `${name}:${whose}`, ALLOWANCES[name])
}

export function limitWords(retryAfterMs: number): string {
  const seconds = secondsOf(retryAfterMs)
  return `Too many attempts. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`
}
