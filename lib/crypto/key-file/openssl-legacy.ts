import { type Bytes, concatBytes, wipe } from '../bytes'
import { decodeHex } from '../hex'
import { blockCiphers } from '../password-based/cipher'
import { decryptCbc } from '../password-based/decrypt-cbc'
import { afterOpening } from './after-opening'
import type { PemBlock } from './pem-blocks'
import type { OpeningOptions, Piece } from './piece'
import { readPlainKey } from './read-der'
import { reencryptCommand } from './reencrypt-command'
import { KeyFileRefused } from './refusals'

type LegacyCipher = (typeof blockCiphers)[keyof typeof blockCiphers]

/**
 * OpenSSL's own encryption of PEM (RFC 1421's headers, `Proc-Type: 4,ENCRYPTED` and `DEK-Info: <cipher>,<iv>`): the key is
 * one round of MD5 over the passphrase and the first 8 bytes of the IV. `ciphertext`: the block's bytes. Throws
 * `KeyFileRefused`: `damaged`, `unsupported-protection`, `wrong-passphrase`, or why the key inside is refused.
 */
export async function readOpenSslLegacy(
  { headers }: PemBlock,
  ciphertext: Bytes,
  { passphrase }: OpeningOptions,
): Promise<Piece> {
  const { cipher, iv } = readDekInfo(headers.get('dek-info') ?? '')
  const format = 'openssl-legacy'
  if (passphrase === undefined) return { piece: 'locked', format, cipher: cipher.name, kdf: 'MD5, 1 round' }
  const key = await bytesToKey(passphrase, iv.subarray(0, 8), cipher.keyLength)
  let plaintext: Bytes | undefined
  try {
    plaintext = await decryptCbc(cipher, key, iv, ciphertext)
    if (plaintext === undefined) throw new KeyFileRefused('wrong-passphrase')
    const opened = plaintext
    return { ...afterOpening(() => readPlainKey(opened)), format, warnings: ['weak-file-protection'] }
  } finally {
    wipe(key, ...(plaintext ? [plaintext] : []))
  }
}

function readDekInfo(info: string): { cipher: LegacyCipher; iv: Bytes } {
  const [name = '', digits = ''] = info.split(',').map((part) => part.trim())
  const cipher = Object.values(blockCiphers).find((known) => known.name === name.toUpperCase())
  if (cipher === undefined) {
    throw new KeyFileRefused('unsupported-protection', { command: reencryptCommand })
  }
  if (digits.length !== 2 * cipher.blockLength || !/^[0-9a-fA-F]+$/.test(digits)) throw new KeyFileRefused('damaged')
  return { cipher, iv: decodeHex(digits) }
}

/** OpenSSL's EVP_BytesToKey with MD5 and one round: D1 = MD5(passphrase ‖ salt), Dn = MD5(Dn−1 ‖ passphrase ‖ salt). */
async function bytesToKey(passphrase: Uint8Array, salt: Uint8Array, length: number): Promise<Bytes> {
  const { md5 } = await import('@noble/hashes/legacy.js')
  const key = new Uint8Array(length)
  let digest: Uint8Array = new Uint8Array(0)
  for (let at = 0; at < length; at += digest.length) {
    const input = concatBytes(digest, passphrase, salt)
    wipe(digest)
    digest = md5(input)
    wipe(input)
    key.set(digest.subarray(0, length - at), at)
  }
  wipe(digest)
  return key
}
