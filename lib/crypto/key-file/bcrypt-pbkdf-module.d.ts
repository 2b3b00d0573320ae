// CommonJS: bundlers that split give such a module's default export alone.
declare module 'bcrypt-pbkdf' {
  const bcrypt: {
    /** Fills `out` (32 bytes) with bcrypt's hash of two SHA-512 digests. */
    hash(passphraseDigest: Uint8Array, saltDigest: Uint8Array, out: Uint8Array): void
  }
  export default bcrypt
}
