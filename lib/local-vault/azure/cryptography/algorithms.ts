import type { Curve } from '../../store/records'

export type Digest = { name: 'sha256' | 'sha384' | 'sha512'; bytes: number; derPrefix: string }

/** DigestInfo prefixes of RFC 8017, section 9.2, note 1. */
const sha256: Digest = { name: 'sha256', bytes: 32, derPrefix: '3031300d060960864801650304020105000420' }
const sha384: Digest = { name: 'sha384', bytes: 48, derPrefix: '3041300d060960864801650304020205000430' }
const sha512: Digest = { name: 'sha512', bytes: 64, derPrefix: '3051300d060960864801650304020305000440' }

export type SignatureAlgorithm =
  | { family: 'RSA'; scheme: 'pkcs1' | 'pss'; digest: Digest }
  | { family: 'EC'; curve: Curve; digest: Digest }

/** The caller sends the digest, of exactly the algorithm's length; ES* signatures are raw r||s. */
export const signatureAlgorithms: Record<string, SignatureAlgorithm> = {
  RS256: { family: 'RSA', scheme: 'pkcs1', digest: sha256 },
  RS384: { family: 'RSA', scheme: 'pkcs1', digest: sha384 },
  RS512: { family: 'RSA', scheme: 'pkcs1', digest: sha512 },
  PS256: { family: 'RSA', scheme: 'pss', digest: sha256 },
  PS384: { family: 'RSA', scheme: 'pss', digest: sha384 },
  PS512: { family: 'RSA', scheme: 'pss', digest: sha512 },
  ES256: { family: 'EC', curve: 'P-256', digest: sha256 },
  ES256K: { family: 'EC', curve: 'P-256K', digest: sha256 },
  ES384: { family: 'EC', curve: 'P-384', digest: sha384 },
  ES512: { family: 'EC', curve: 'P-521', digest: sha512 },
}

type Purpose = 'encrypt' | 'wrap'

export type CipherAlgorithm =
  | { family: 'RSA'; scheme: 'oaep'; hash: 'sha1' | 'sha256'; purposes: readonly Purpose[] }
  | { family: 'RSA'; scheme: 'pkcs1'; purposes: readonly Purpose[] }
  | { family: 'oct'; scheme: 'gcm' | 'cbc' | 'cbcpad' | 'kw'; bits: 128 | 192 | 256; purposes: readonly Purpose[] }

const both = ['encrypt', 'wrap'] as const

export const cipherAlgorithms: Record<string, CipherAlgorithm> = {
  'RSA-OAEP': { family: 'RSA', scheme: 'oaep', hash: 'sha1', purposes: both },
  'RSA-OAEP-256': { family: 'RSA', scheme: 'oaep', hash: 'sha256', purposes: both },
  RSA1_5: { family: 'RSA', scheme: 'pkcs1', purposes: both },
  A128GCM: { family: 'oct', scheme: 'gcm', bits: 128, purposes: ['encrypt'] },
  A192GCM: { family: 'oct', scheme: 'gcm', bits: 192, purposes: ['encrypt'] },
  A256GCM: { family: 'oct', scheme: 'gcm', bits: 256, purposes: ['encrypt'] },
  A128CBC: { family: 'oct', scheme: 'cbc', bits: 128, purposes: ['encrypt'] },
  A192CBC: { family: 'oct', scheme: 'cbc', bits: 192, purposes: ['encrypt'] },
  A256CBC: { family: 'oct', scheme: 'cbc', bits: 256, purposes: ['encrypt'] },
  A128CBCPAD: { family: 'oct', scheme: 'cbcpad', bits: 128, purposes: ['encrypt'] },
  A192CBCPAD: { family: 'oct', scheme: 'cbcpad', bits: 192, purposes: ['encrypt'] },
  A256CBCPAD: { family: 'oct', scheme: 'cbcpad', bits: 256, purposes: ['encrypt'] },
  A128KW: { family: 'oct', scheme: 'kw', bits: 128, purposes: ['wrap'] },
  A192KW: { family: 'oct', scheme: 'kw', bits: 192, purposes: ['wrap'] },
  A256KW: { family: 'oct', scheme: 'kw', bits: 256, purposes: ['wrap'] },
}
