import { type Bytes, copyBytes, wipe } from '../bytes'
import { withoutPadding } from './cipher'

/** AES-CBC with padding, native; by noble where native has no key of 24 bytes (Chromium). `undefined`: bad padding. */
export async function decryptAesCbc(key: Bytes, iv: Bytes, ciphertext: Bytes): Promise<Bytes | undefined> {
  const native = await importAesKey(key)
  if (!native) return decryptBySoftware(key, iv, ciphertext)
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, native, ciphertext))
  } catch {
    return undefined
  }
}

async function importAesKey(key: Bytes): Promise<CryptoKey | undefined> {
  try {
    return await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['decrypt'])
  } catch (error) {
    if (key.length === 24) return undefined
    throw error
  }
}

async function decryptBySoftware(key: Bytes, iv: Bytes, ciphertext: Bytes): Promise<Bytes | undefined> {
  const { cbc } = await import('@noble/ciphers/aes.js')
  const padded = cbc(key, iv, { disablePadding: true }).decrypt(ciphertext)
  const copy = copyBytes(padded)
  wipe(padded)
  return withoutPadding(copy, 16)
}
