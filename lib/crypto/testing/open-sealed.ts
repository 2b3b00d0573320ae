import { unwrapAesKwp } from '../aes-kwp'
import { type Bytes, copyBytes } from '../bytes'
import { parseTransferBlob } from '../transfer-blob'

/** What a transfer blob holds, by WebCrypto and our AES-KWP: `kekPkcs8` is the KEK's private half. */
export async function openSealed(file: Uint8Array, kekPkcs8: Bytes, kekBits: number): Promise<Bytes> {
  const parsed = parseTransferBlob(file)
  if (!parsed.ok) throw new Error(parsed.code)
  const block = copyBytes(parsed.blob.ciphertext.subarray(0, kekBits / 8))
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-1' }
  const kek = await crypto.subtle.importKey('pkcs8', kekPkcs8, algorithm, false, ['decrypt'])
  const aesKey = new Uint8Array(await crypto.subtle.decrypt(algorithm, kek, block))
  if (aesKey.length !== 32) throw new Error('the ephemeral key has not 256 bits')
  return unwrapAesKwp(aesKey, parsed.blob.ciphertext.subarray(kekBits / 8))
}
