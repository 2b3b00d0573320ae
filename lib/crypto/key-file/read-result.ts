import type { FoundKey } from '../private-key/found-key'
import type { KeyFileRefusal } from './refusals'

/** What a file turned out to be, told by its content and never by its name. */
export type KeyFileFormat =
  | 'pkcs8'
  | 'encrypted-pkcs8'
  | 'pkcs1'
  | 'sec1'
  | 'openssl-legacy'
  | 'openssh'
  | 'pkcs12'
  | 'jwk'
  | 'jwk-set'
  | 'raw'

export interface ReadKeyFileOptions {
  /** UTF-8, as typed. It is not consumed: whoever made it fills it with zeros. */
  passphrase?: Uint8Array
  limits?: KdfLimits
  /** Ends a running key derivation; the promise then rejects with the signal's reason. */
  signal?: AbortSignal
}

/** What a file may ask of a key derivation at most; above, it is refused with the value named. */
export interface KdfLimits {
  pbkdf2Iterations: number
  /** 128·N·r in bytes. */
  scryptMemory: number
  /** N·r·p. */
  scryptCost: number
  bcryptRounds: number
}

export const KDF_LIMITS: KdfLimits = {
  pbkdf2Iterations: 10_000_000,
  scryptMemory: 256 * 1024 * 1024,
  scryptCost: 2 ** 24,
  bcryptRounds: 256,
}

export type ReadKeyFileResult =
  /** `leftOut`: why other private keys of the same file are not among `keys`; absent where there are none. */
  | { result: 'keys'; format: KeyFileFormat; keys: FoundKey[]; leftOut?: readonly KeyFileRefusal[] }
  /** `cipher` and `kdf` for people: "AES-256-CBC", "PBKDF2, HMAC-SHA-256, 600000 iterations". */
  | { result: 'passphrase-needed'; format: KeyFileFormat; cipher: string; kdf: string }
  /** `command`: the exact line that mends it, where one does; it never holds a byte of the file. */
  | { result: 'refused'; code: KeyFileRefusal; remedy: string; command?: string }
