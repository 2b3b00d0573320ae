import type { Bytes } from '../bytes'

export type HashName = 'SHA-1' | 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512'

export interface Pbkdf2Parameters {
  kind: 'PBKDF2'
  /** The hash function of the HMAC. */
  hash: HashName
  salt: Bytes
  iterations: number
}

export interface ScryptParameters {
  kind: 'scrypt'
  salt: Bytes
  N: number
  r: number
  p: number
}

/** RFC 7292 appendix B.2, as PKCS#12's own encryption and MAC use it. */
export interface Pkcs12KdfParameters {
  kind: 'PKCS#12'
  hash: HashName
  salt: Bytes
  iterations: number
}

/** How a key comes of a passphrase. Whoever holds one has had its numbers compared with the limits. */
export type KeyDerivation = Pbkdf2Parameters | ScryptParameters | Pkcs12KdfParameters

/** For people: "PBKDF2, HMAC-SHA-256, 600000 iterations". */
export function describeKeyDerivation(kdf: KeyDerivation): string {
  switch (kdf.kind) {
    case 'PBKDF2':
      return `PBKDF2, HMAC-${kdf.hash}, ${kdf.iterations} iterations`
    case 'scrypt':
      return `scrypt, N=${kdf.N}, r=${kdf.r}, p=${kdf.p}`
    case 'PKCS#12':
      return `PKCS#12, ${kdf.hash}, ${kdf.iterations} iterations`
  }
}

/** RFC 8018 section 4.2's least. */
const fewestIterations = 1000
const leastScryptCost = 2 ** 17

/** Whether guessing passphrases offline is cheap: SHA-1, or little work asked for. */
export function isWeakKeyDerivation(kdf: KeyDerivation): boolean {
  switch (kdf.kind) {
    case 'PBKDF2':
    case 'PKCS#12':
      return kdf.hash === 'SHA-1' || kdf.iterations < fewestIterations
    case 'scrypt':
      return kdf.N * kdf.r * kdf.p < leastScryptCost
  }
}
