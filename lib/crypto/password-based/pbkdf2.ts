import { type Bytes, wipe } from '../bytes'
import { abortable } from './abortable'
import type { Pbkdf2Parameters } from './key-derivation'

/** PBKDF2 (RFC 8018 section 5.2): native, but with SHA-224, which WebCrypto lacks. `length` in bytes. */
export async function derivePbkdf2(
  password: Uint8Array,
  { hash, salt, iterations }: Pbkdf2Parameters,
  length: number,
  signal?: AbortSignal,
): Promise<Bytes> {
  if (hash === 'SHA-224') return abortable(bySoftware(password, salt, iterations, length), signal)
  // HMAC pads a key with zeros: no password is the same as one zero octet, which every WebCrypto takes.
  const secret = password.length > 0 ? new Uint8Array(password) : new Uint8Array(1)
  try {
    const key = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveBits'])
    const derived = crypto.subtle.deriveBits({ name: 'PBKDF2', hash, salt, iterations }, key, 8 * length)
    return new Uint8Array(await abortable(derived, signal))
  } finally {
    wipe(secret)
  }
}

async function bySoftware(password: Uint8Array, salt: Bytes, iterations: number, length: number): Promise<Bytes> {
  const [{ pbkdf2Async }, { sha224 }] = await Promise.all([
    import('@noble/hashes/pbkdf2.js'),
    import('@noble/hashes/sha2.js'),
  ])
  return new Uint8Array(await pbkdf2Async(sha224, password, salt, { c: iterations, dkLen: length, asyncTick: 50 }))
}
