/** The explicit ES build, of which we use two algorithms. Its package's own types describe the patching shim. */
declare module 'webcrypto-liner/build/index.es.js' {
  export const crypto: Crypto
  /** `null` where there was no `self.crypto` when the module was loaded. */
  export const nativeSubtle: SubtleCrypto | null
  export function setCrypto(native: Crypto): void
}
