import 'server-only'

/** Crockford's alphabet: no I, L, O, U, so that it can be read out and typed. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A short reference for people, e.g. `IMP-7F3K-2M9Q`: 40 random bits; the database refuses the second of two equal ones. */
export function newImportReference(): string {
  const letters = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => ALPHABET[byte % 32]).join('')
  return `IMP-${letters.slice(0, 4)}-${letters.slice(4)}`
}
