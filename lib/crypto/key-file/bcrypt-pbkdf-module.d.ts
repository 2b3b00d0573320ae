declare module 'bcrypt-pbkdf' {
  /** Fills `out` (32 bytes) with bcrypt's hash of two SHA-512 digests. */
  export function hash(passphraseDigest: Uint8Array, saltDigest: Uint8Array, out: Uint8Array): void
}
