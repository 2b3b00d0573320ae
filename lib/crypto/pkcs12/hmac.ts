import { type Bytes, copyBytes, wipe } from '../bytes'
import type { HashName } from '../password-based/key-derivation'

/** HMAC (RFC 2104): native, but with SHA-224, which WebCrypto lacks. The message may hold keys that are not encrypted. */
export async function hmac(hash: HashName, key: Bytes, message: Uint8Array): Promise<Bytes> {
  if (hash === 'SHA-224') return hmacSha224(key, message)
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash }, false, ['sign'])
  const copy = copyBytes(message)
  try {
    return new Uint8Array(await crypto.subtle.sign('HMAC', imported, copy))
  } finally {
    wipe(copy)
  }
}

async function hmacSha224(key: Bytes, message: Uint8Array): Promise<Bytes> {
  const [noble, { sha224 }] = await Promise.all([import('@noble/hashes/hmac.js'), import('@noble/hashes/sha2.js')])
  return copyBytes(noble.hmac(sha224, key, message))
}
