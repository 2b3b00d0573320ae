import { type Bytes, concatBytes, copyBytes, wipe } from '../bytes'

/**
 * DES-EDE3-CBC with padding, by webcrypto-liner, which no native WebCrypto can replace. Loaded when met, by its ES build:
 * that one leaves the global `crypto` as it is. A key of 16 bytes is two-key 3DES. `undefined`: bad padding.
 */
export async function decryptDesEde3Cbc(key: Bytes, iv: Bytes, ciphertext: Bytes): Promise<Bytes | undefined> {
  const liner = await import('webcrypto-liner/build/index.es.js')
  // Where there is no `self` (Node), it found no native crypto, and would call what is not there.
  if (!liner.nativeSubtle) liner.setCrypto(crypto)
  const algorithm = { name: 'DES-EDE3-CBC', iv }
  const threeKeys = key.length === 16 ? concatBytes(key, key.subarray(0, 8)) : copyBytes(key)
  try {
    const imported = await liner.crypto.subtle.importKey('raw', threeKeys, 'DES-EDE3-CBC', false, ['decrypt'])
    const content = await liner.crypto.subtle.decrypt(algorithm, imported, ciphertext)
    // It takes the padding off, asserts that its octets agree, and lets a padding of no octets pass.
    return content.byteLength < ciphertext.length ? new Uint8Array(content) : undefined
  } catch {
    return undefined
  } finally {
    wipe(threeKeys)
  }
}
