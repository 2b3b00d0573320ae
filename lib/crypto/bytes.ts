/** Bytes over a plain buffer: what WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>

declare const kind: unique symbol
type Kind<Name extends string> = { readonly [kind]: Name }

/** A private key as PKCS#8 DER, in the clear. */
export type Pkcs8Der = Bytes & Kind<'Pkcs8Der'>
/** A symmetric key's raw bytes, in the clear. */
export type RawSecretKey = Bytes & Kind<'RawSecretKey'>
/** A public key as SubjectPublicKeyInfo DER, checked by `parseSpki`. */
export type SpkiDer = Bytes & Kind<'SpkiDer'>
/** A key wrapped under a KEK: the RSA-OAEP block followed by the AES-KWP part. */
export type WrappedKey = Bytes & Kind<'WrappedKey'>

// The four casts below are the one place where a brand is given; the caller vouches for the content.
export const asPkcs8Der = (bytes: Bytes) => bytes as Pkcs8Der
export const asRawSecretKey = (bytes: Bytes) => bytes as RawSecretKey
export const asSpkiDer = (bytes: Bytes) => bytes as SpkiDer
export const asWrappedKey = (bytes: Bytes) => bytes as WrappedKey

/** A copy over a plain buffer, whatever the source's buffer was. */
export const copyBytes = (bytes: Uint8Array): Bytes => new Uint8Array(bytes)

export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Equality whose time depends on the lengths alone. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

/** Fills secret bytes with zeros; of what was transferred elsewhere nothing is left here. Copies that the engine made on its own are out of reach. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) {
    if (secret.length > 0) secret.fill(0) // which throws of a buffer that was transferred
  }
}
