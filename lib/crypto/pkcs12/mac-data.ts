import { equalBytes, wipe } from '../bytes'
import { CryptoError } from '../crypto-error'
import { type DerElement, derChildren, derTag, expectTag } from '../der-reader'
import type { KdfLimits } from '../key-file/read-result'
import { KeyFileRefused } from '../key-file/refusals'
import {
  type AlgorithmIdentifier,
  expectNoParameters,
  readAlgorithmIdentifier,
} from '../password-based/algorithm-identifier'
import { deriveFromPassword } from '../password-based/derive-key'
import { expectWithinLimits } from '../password-based/kdf-limits'
import type { HashName, KeyDerivation } from '../password-based/key-derivation'
import type { PasswordForms } from '../password-based/password-forms'
import { pkcs12Purpose } from '../password-based/pkcs12-kdf'
import { readHmacHash, readPbes2KeyDerivation } from '../password-based/read-key-derivation'
import { readPositiveNumber, readSalt } from '../password-based/read-number'
import { hmac } from './hmac'

/** What proves, to who knows the passphrase, that a PKCS#12 file is whole. */
export interface MacData {
  kdf: KeyDerivation
  /** The hash function of the HMAC. */
  hash: HashName
  /** In bytes, of the HMAC's key. */
  keyLength: number
  value: Uint8Array
}

const pbmac1 = '1.2.840.113549.1.5.14'

const hashes: Record<string, { hash: HashName; length: number } | undefined> = {
  '1.3.14.3.2.26': { hash: 'SHA-1', length: 20 },
  '2.16.840.1.101.3.4.2.4': { hash: 'SHA-224', length: 28 },
  '2.16.840.1.101.3.4.2.1': { hash: 'SHA-256', length: 32 },
  '2.16.840.1.101.3.4.2.2': { hash: 'SHA-384', length: 48 },
  '2.16.840.1.101.3.4.2.3': { hash: 'SHA-512', length: 64 },
}

/** RFC 7292 section 4, with RFC 9579's PBMAC1. Throws `KeyFileRefused` and `der-invalid`. */
export function readMacData(element: DerElement, limits: KdfLimits): MacData {
  const [digestInfo, salt, iterations, ...more] = derChildren(expectTag(element, derTag.sequence))
  const [algorithmElement, digest, ...rest] = derChildren(expectTag(digestInfo, derTag.sequence))
  if (more.length + rest.length > 0) throw new CryptoError('der-invalid')
  const algorithm = readAlgorithmIdentifier(algorithmElement)
  const value = expectTag(digest, derTag.octetString).content
  // Beside PBMAC1, whose salt and count are its own, MacData's are without meaning (RFC 9579 section 4).
  const mac = algorithm.oid === pbmac1 ? readPbmac1(algorithm, value) : readOwnMac(algorithm, value, salt, iterations)
  expectWithinLimits(mac.kdf, limits)
  return mac
}

function readOwnMac(
  algorithm: AlgorithmIdentifier,
  value: Uint8Array,
  salt: DerElement | undefined,
  iterations: DerElement | undefined,
): MacData {
  const found = hashes[algorithm.oid]
  if (!found) throw new KeyFileRefused('unsupported-protection', { detail: 'Its MAC is of an unknown hash function.' })
  expectNoParameters(algorithm)
  const { hash, length } = found
  if (value.length !== length) throw new CryptoError('der-invalid')
  const count = iterations ? readPositiveNumber(iterations) : 1
  return { kdf: { kind: 'PKCS#12', hash, salt: readSalt(salt), iterations: count }, hash, keyLength: length, value }
}

const shortestPbmac1Key = 20
const longestPbmac1Key = 128

/** RFC 8018 appendix A.5. RFC 9579 section 5 demands the key's length, and at least 20 bytes of it. */
function readPbmac1({ parameters }: AlgorithmIdentifier, value: Uint8Array): MacData {
  const [derivation, mac, ...more] = derChildren(expectTag(parameters, derTag.sequence))
  if (more.length > 0) throw new CryptoError('der-invalid')
  const { kdf, keyLength } = readPbes2KeyDerivation(readAlgorithmIdentifier(derivation))
  const hash = readHmacHash(readAlgorithmIdentifier(mac))
  if (keyLength === undefined || keyLength < shortestPbmac1Key || keyLength > longestPbmac1Key)
    throw new KeyFileRefused('damaged', { detail: 'The MAC’s key has no length that PBMAC1 allows.' })
  return { kdf, hash, keyLength, value }
}

/** Whether `content` is what the MAC was made of, under this passphrase. */
export async function verifyMac(
  mac: MacData,
  content: Uint8Array,
  password: PasswordForms,
  signal?: AbortSignal,
): Promise<boolean> {
  const key = await deriveFromPassword(password, mac.kdf, mac.keyLength, { purpose: pkcs12Purpose.mac, signal })
  try {
    return equalBytes(await hmac(mac.hash, key, content), mac.value)
  } finally {
    wipe(key)
  }
}
