import type { Pkcs8Der, RawSecretKey, SpkiDer } from '../bytes'
import type { CurveName } from '../curves'
import type { PublicJwk } from '../public-key'

/** What is worth knowing about a key that may be used all the same. Closed: each has its sentence in `key-warnings.ts`. */
export type KeyWarning =
  /** The file held wrong CRT members, or none, or no primes: they were computed afresh. */
  | 'crt-recomputed'
  /** The file held no public half: it was computed. */
  | 'public-half-computed'
  /** A public exponent other than 65537. */
  | 'unusual-exponent'
  /** A symmetric key of a pattern that no generator makes. */
  | 'weak-pattern'
  /** The format can't show damage: the value is to be compared with the record. */
  | 'no-redundancy'
  /** The file's own protection is of another time (3DES, RC2, MD5, SHA-1, few iterations). */
  | 'weak-file-protection'
  /** A PKCS#12 without a MAC: nothing proves that it is whole. */
  | 'no-integrity-check'

/** One key of a file, validated. Only `material` and what `toPrivateJwk` answers are secret. */
export interface FoundKey {
  kind: 'RSA' | 'EC' | 'oct'
  /** "2048", "3072", "4096"; the vaults' curve name (`P-256K`, never `secp256k1`); bits of a symmetric key. */
  sizeOrCurve: string
  /** PKCS#12's friendly name, a JWK's `kid`, OpenSSH's comment, by `shownName`. Untrusted text. */
  name?: string
  /** Absent for `oct`. */
  publicJwk?: PublicJwk
  spki?: SpkiDer
  /** `jwk` as of RFC 7638, base64url; `spkiSha256` in 64 hexadecimal digits. None for `oct`: it would be of the secret. */
  thumbprints: { jwk?: string; spkiSha256?: string }
  /** `oct` only; six upper-case hexadecimal digits each. `ecb`: AES of a zero block; `cmac`: AES-CMAC of one. */
  kcv?: { ecb: string; cmac: string }
  warnings: readonly KeyWarning[]
  /** PKCS#8 (EC with its public half, RSA with all CRT members), or the raw bytes. Consumed by `sealTransferBlob`. */
  material: Pkcs8Der | RawSecretKey
  /**
   * The private JWK in the vault's own dialect, private members padded to their full length. Its strings can't be filled
   * with zeros: for the acknowledged way over TLS and for tests alone. Throws `key-wiped` after `wipe`.
   */
  toPrivateJwk(): VaultPrivateJwk
  /** Fills `material` with zeros. */
  wipe(): void
}

/** A private key as the vaults' import takes it: base64url without padding; `crv` is the vaults' name. */
export type VaultPrivateJwk =
  | { kty: 'RSA'; n: string; e: string; d: string; p: string; q: string; dp: string; dq: string; qi: string }
  | { kty: 'EC'; crv: CurveName; x: string; y: string; d: string }
  | { kty: 'oct'; k: string }
