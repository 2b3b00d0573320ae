import { type Bytes, copyBytes } from '../bytes'
import { decryptAesCbc } from './aes-cbc'
import type { BlockCipher } from './cipher'
import { decryptDesEde3Cbc } from './des-ede3-cbc'
import { decryptRc2Cbc } from './rc2-cbc'

/**
 * CBC with padding (RFC 5652 section 6.3). `undefined` where the key, the padding or the length is wrong: which of them,
 * nobody is told. The caller wipes what it gets.
 */
export async function decryptCbc(
  cipher: BlockCipher,
  key: Bytes,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Promise<Bytes | undefined> {
  if (ciphertext.length === 0 || ciphertext.length % cipher.blockLength !== 0) return undefined
  const [start, content] = [copyBytes(iv), copyBytes(ciphertext)]
  switch (cipher.name) {
    case 'DES-EDE3-CBC':
      return decryptDesEde3Cbc(key, start, content)
    case 'RC2-CBC':
      return decryptRc2Cbc(key, cipher.effectiveBits, start, content)
    default:
      return decryptAesCbc(key, start, content)
  }
}
