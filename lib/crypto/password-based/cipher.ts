import { type Bytes, wipe } from '../bytes'
import { CryptoError } from '../crypto-error'
import { derChildren, derTag, expectTag } from '../der-reader'
import { KeyFileRefused } from '../key-file/refusals'
import type { AlgorithmIdentifier } from './algorithm-identifier'
import { readPositiveNumber } from './read-number'

export type BlockCipherName = 'AES-128-CBC' | 'AES-192-CBC' | 'AES-256-CBC' | 'DES-EDE3-CBC' | 'RC2-CBC'

/** A block cipher in CBC mode; lengths in bytes. */
export type BlockCipher =
  | { name: Exclude<BlockCipherName, 'RC2-CBC'>; keyLength: number; blockLength: number }
  | { name: 'RC2-CBC'; keyLength: number; blockLength: 8; effectiveBits: number }

export const blockCiphers = {
  'AES-128-CBC': { name: 'AES-128-CBC', keyLength: 16, blockLength: 16 },
  'AES-192-CBC': { name: 'AES-192-CBC', keyLength: 24, blockLength: 16 },
  'AES-256-CBC': { name: 'AES-256-CBC', keyLength: 32, blockLength: 16 },
  'DES-EDE3-CBC': { name: 'DES-EDE3-CBC', keyLength: 24, blockLength: 8 },
} as const satisfies Partial<Record<BlockCipherName, BlockCipher>>

const byOid: Record<string, BlockCipher | undefined> = {
  '2.16.840.1.101.3.4.1.2': blockCiphers['AES-128-CBC'],
  '2.16.840.1.101.3.4.1.22': blockCiphers['AES-192-CBC'],
  '2.16.840.1.101.3.4.1.42': blockCiphers['AES-256-CBC'],
  '1.2.840.113549.3.7': blockCiphers['DES-EDE3-CBC'],
}
const rc2Oid = '1.2.840.113549.3.2'

/** RFC 8018 appendix B.2.3: the "version" of 40, 64 and 128 effective bits. */
const rc2EffectiveBits: Record<number, number | undefined> = { 160: 40, 120: 64, 58: 128 }

/** PBES2's encryption scheme. `statedKeyLength`: what the key derivation's parameters say. */
export function readBlockCipher(
  algorithm: AlgorithmIdentifier,
  statedKeyLength: number | undefined,
): { cipher: BlockCipher; iv: Uint8Array } {
  if (algorithm.oid === rc2Oid) return readRc2(algorithm, statedKeyLength)
  const cipher = byOid[algorithm.oid]
  if (!cipher) throw new KeyFileRefused('unsupported-protection', { detail: 'Its cipher is none that is read here.' })
  if (statedKeyLength !== undefined && statedKeyLength !== cipher.keyLength)
    throw new KeyFileRefused('damaged', { detail: 'The length of its derived key is not its cipher’s.' })
  return { cipher, iv: expectIv(expectTag(algorithm.parameters, derTag.octetString).content, cipher) }
}

function readRc2({ parameters }: AlgorithmIdentifier, statedKeyLength: number | undefined) {
  const [version, iv] = derChildren(expectTag(parameters, derTag.sequence))
  const effectiveBits = rc2EffectiveBits[readPositiveNumber(version)]
  if (!effectiveBits) throw new KeyFileRefused('unsupported-protection', { detail: 'Its RC2 has an unusual strength.' })
  const keyLength = statedKeyLength ?? effectiveBits / 8
  if (keyLength > 16)
    throw new KeyFileRefused('damaged', { detail: 'The length of its derived key is not its cipher’s.' })
  const cipher: BlockCipher = { name: 'RC2-CBC', keyLength, blockLength: 8, effectiveBits }
  return { cipher, iv: expectIv(expectTag(iv, derTag.octetString).content, cipher) }
}

function expectIv(iv: Uint8Array, cipher: BlockCipher): Uint8Array {
  if (iv.length !== cipher.blockLength) throw new CryptoError('der-invalid')
  return iv
}

/** For people: "AES-256-CBC", "RC2-CBC, 40 bits". */
export const describeCipher = (cipher: BlockCipher): string =>
  cipher.name === 'RC2-CBC' ? `RC2-CBC, ${cipher.effectiveBits} bits` : cipher.name

export const isWeakCipher = (cipher: BlockCipher): boolean => !cipher.name.startsWith('AES')

/** The padding of RFC 5652 section 6.3 taken off: a view. `undefined`, and all zeros, where it is none. */
export function withoutPadding(padded: Bytes, blockLength: number): Bytes | undefined {
  const count = padded[padded.length - 1] ?? 0
  const padding = padded.subarray(Math.max(0, padded.length - count))
  if (count > 0 && count <= blockLength && padding.length === count && padding.every((octet) => octet === count))
    return padded.subarray(0, padded.length - count)
  wipe(padded)
  return undefined
}
