import { wrapAesKwp } from './aes-kwp'
import {
  asWrappedKey,
  type Bytes,
  concatBytes,
  copyBytes,
  type Pkcs8Der,
  type RawSecretKey,
  type SpkiDer,
  type WrappedKey,
  wipe,
} from './bytes'
import { CryptoError } from './crypto-error'
import { parseSpki } from './spki'
import { serialiseTransferBlob } from './transfer-blob'

/** What to seal, and for whom. `plaintext` is consumed: it is filled with zeros, whether sealing succeeds or not. */
export type SealInput = {
  kekSpki: SpkiDer
  /** The KEK's full identifier with its version. */
  kekKid: string
  plaintext: Pkcs8Der | RawSecretKey
  generator: string
}

/**
 * Seals a key as a transfer blob: RSA-OAEP (SHA-1, MGF1-SHA-1, no label) of a fresh AES-256 key, followed by AES-KWP
 * of the plaintext under it (PKCS#11 `CKM_RSA_AES_KEY_WRAP`; Azure's BYOK specification). Returns the file's bytes.
 * Throws `kek-unsupported` or `seal-failed`.
 */
export async function sealTransferBlob({ kekSpki, kekKid, plaintext, generator }: SealInput): Promise<Bytes> {
  const aesKey = crypto.getRandomValues(new Uint8Array(32))
  try {
    const ciphertext = await wrap(kekSpki, aesKey, plaintext)
    return serialiseTransferBlob({ kid: kekKid, ciphertext, generator })
  } catch (cause) {
    throw cause instanceof CryptoError ? cause : new CryptoError('seal-failed', { cause })
  } finally {
    wipe(aesKey, plaintext)
  }
}

async function wrap(kekSpki: SpkiDer, aesKey: Bytes, plaintext: Uint8Array): Promise<WrappedKey> {
  const kek = parseSpki(kekSpki)
  if (kek.kind !== 'rsa' || ![2048, 3072, 4096].includes(kek.modulusBits)) throw new CryptoError('kek-unsupported')
  // SHA-1 here is the format's: OAEP does not depend on its collision resistance.
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-1' }
  const key = await crypto.subtle.importKey('spki', copyBytes(kekSpki), algorithm, false, ['encrypt'])
  const block = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, aesKey))
  return asWrappedKey(concatBytes(block, wrapAesKwp(aesKey, plaintext)))
}
