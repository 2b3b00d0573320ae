import type { Bytes } from '../bytes'
import type { ScryptParameters } from './key-derivation'

/** scrypt (RFC 7914). `length` in bytes. Its memory is given back, and wiped, when the signal ends it. */
export async function deriveScrypt(
  password: Uint8Array,
  { salt, N, r, p }: ScryptParameters,
  length: number,
  signal?: AbortSignal,
): Promise<Bytes> {
  signal?.throwIfAborted()
  const { scryptAsync } = await import('@noble/hashes/scrypt.js')
  const onProgress = signal && (() => signal.throwIfAborted())
  const maxmem = 128 * r * (N + p + 2) + 1024
  return new Uint8Array(
    await scryptAsync(password, salt, { N, r, p, dkLen: length, maxmem, asyncTick: 50, onProgress }),
  )
}
