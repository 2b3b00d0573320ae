import 'server-only'
import { createHash } from 'node:crypto'

/**
 * SHA-256 as 64 lower-case hexadecimal digits, on this thread: for a public key or a request, going to the crypto
 * threads and back takes longer than the hashing.
 */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** The same as base64url, 43 characters. */
export function sha256Base64Url(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('base64url')
}
