import { encodeBase64Url } from './base64'
import { sha256, sha256Hex } from './digest'
import { type JwkLike, publicKeyFromJwk, publicKeyToJwk } from './public-key'
import { encodeSpki, parseSpki } from './spki'

/**
 * RFC 7638 thumbprint with SHA-256, base64url (43 characters). A P-256K key is hashed under JOSE's registered name
 * `secp256k1` (RFC 8812), so that other tools' thumbprints agree; the vaults' own name would give a value nobody else has.
 */
export async function jwkThumbprint(jwk: JwkLike): Promise<string> {
  return encodeBase64Url(await sha256(new TextEncoder().encode(thumbprintText(jwk))))
}

/** What a thumbprint is the hash of: the required members, sorted, without white space. */
export function thumbprintText(jwk: JwkLike): string {
  const members = publicKeyToJwk(publicKeyFromJwk(jwk))
  const sorted = Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)))
  return JSON.stringify(sorted)
}

/** RFC 7638 thumbprint of a SubjectPublicKeyInfo. */
export const spkiThumbprint = (der: Uint8Array): Promise<string> => jwkThumbprint(publicKeyToJwk(parseSpki(der)))

/**
 * SHA-256 of the SubjectPublicKeyInfo DER, 64 hexadecimal digits: what `openssl pkey -pubin -outform DER | sha256sum`
 * prints. The key is encoded afresh (named curve, uncompressed point, NULL parameters), so equal keys give equal values.
 */
export const spkiSha256Hex = async (der: Uint8Array): Promise<string> => sha256Hex(encodeSpki(parseSpki(der)))
