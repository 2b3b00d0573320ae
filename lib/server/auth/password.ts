import 'server-only'
import { setTimeout } from 'node:timers/promises'
import { hash, verify } from '@node-rs/argon2'

/** argon2id as OWASP's password storage cheat sheet asks: 19 MiB, two passes, one lane. */
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Longer ones are refused before any work is done for them. */
export const PASSWORD_LENGTH_LIMIT = 256

export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS)
}

let nobodys: Promise<string> | undefined

/**
 * Whether the password belongs to the hash. Without a hash (nobody has that e-mail, or signs in elsewhere) the same work
 * is done on nobody's hash, so that the time tells nothing.
 */
export async function checkPassword(password: string, storedHash: string | null): Promise<boolean> {
  nobodys ??= hashPassword(crypto.randomUUID())
  const hashToCheck = storedHash ?? (await nobodys)
  const startedAt = performance.now()
  const matches = await verify(hashToCheck, password)
  usualMs =
    usualMs === undefined ? performance.now() - startedAt : usualMs * 0.8 + (performance.now() - startedAt) * 0.2
  return storedHash !== null && matches
}

let usualMs: number | undefined

/** Takes as long as `checkPassword` lately did, without its work: for an attempt that is refused before it. */
export async function likeAPasswordCheck(): Promise<void> {
  if (usualMs === undefined) await checkPassword('', null)
  else await setTimeout(usualMs)
}
