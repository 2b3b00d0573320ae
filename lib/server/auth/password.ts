import 'server-only'
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
  const matches = await verify(storedHash ?? (await nobodys), password)
  return storedHash !== null && matches
}
