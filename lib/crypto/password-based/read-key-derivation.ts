import { CryptoError } from '../crypto-error'
import { type DerElement, derChildren, derTag, expectTag } from '../der-reader'
import { KeyFileRefused } from '../key-file/refusals'
import { type AlgorithmIdentifier, expectNoParameters, readAlgorithmIdentifier } from './algorithm-identifier'
import type { HashName, Pbkdf2Parameters, ScryptParameters } from './key-derivation'
import { readPositiveNumber, readSalt } from './read-number'

const pbkdf2 = '1.2.840.113549.1.5.12'
const scrypt = '1.3.6.1.4.1.11591.4.11'

const hmacHashes: Record<string, HashName | undefined> = {
  '1.2.840.113549.2.7': 'SHA-1',
  '1.2.840.113549.2.8': 'SHA-224',
  '1.2.840.113549.2.9': 'SHA-256',
  '1.2.840.113549.2.10': 'SHA-384',
  '1.2.840.113549.2.11': 'SHA-512',
}

/** The hash function of `hmacWithSHA…` (RFC 8018 appendix B.1). */
export function readHmacHash(algorithm: AlgorithmIdentifier): HashName {
  const hash = hmacHashes[algorithm.oid]
  if (!hash) throw new KeyFileRefused('unsupported-protection', { detail: 'Its HMAC is of an unknown hash function.' })
  expectNoParameters(algorithm)
  return hash
}

/**
 * PBES2's and PBMAC1's key derivation: PBKDF2 (RFC 8018 appendix A.2) or scrypt (RFC 7914 section 7). `keyLength` is what
 * the file states, in bytes; most don't.
 */
export function readPbes2KeyDerivation(algorithm: AlgorithmIdentifier): {
  kdf: Pbkdf2Parameters | ScryptParameters
  keyLength: number | undefined
} {
  const fields = () => derChildren(expectTag(algorithm.parameters, derTag.sequence))
  if (algorithm.oid === pbkdf2) return readPbkdf2(fields())
  if (algorithm.oid === scrypt) return readScrypt(fields())
  throw new KeyFileRefused('unsupported-protection', { detail: 'Its key derivation is neither PBKDF2 nor scrypt.' })
}

function readPbkdf2([salt, iterations, ...rest]: DerElement[]) {
  const keyLength = rest[0]?.tag === derTag.integer ? readPositiveNumber(rest.shift()) : undefined
  const prf = rest.shift()
  if (rest.length > 0) throw new CryptoError('der-invalid')
  const kdf: Pbkdf2Parameters = {
    kind: 'PBKDF2',
    hash: prf ? readHmacHash(readAlgorithmIdentifier(prf)) : 'SHA-1',
    salt: readSalt(salt),
    iterations: readPositiveNumber(iterations),
  }
  return { kdf, keyLength }
}

function readScrypt([salt, N, r, p, keyLength, ...rest]: DerElement[]) {
  if (rest.length > 0) throw new CryptoError('der-invalid')
  const kdf: ScryptParameters = {
    kind: 'scrypt',
    salt: readSalt(salt),
    N: readPositiveNumber(N),
    r: readPositiveNumber(r),
    p: readPositiveNumber(p),
  }
  if (Number.isFinite(kdf.N) && (kdf.N < 2 || !Number.isInteger(Math.log2(kdf.N))))
    throw new KeyFileRefused('damaged', { detail: 'The N of its scrypt is not a power of two.' })
  return { kdf, keyLength: keyLength && readPositiveNumber(keyLength) }
}
