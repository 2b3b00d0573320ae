import { type Bytes, copyBytes } from './bytes'
import { encodeHex } from './hex'

/** SHA-256, 32 bytes. */
export async function sha256(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', copyBytes(bytes)))
}

/** SHA-256 as 64 lower-case hexadecimal digits. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  return encodeHex(await sha256(bytes))
}
