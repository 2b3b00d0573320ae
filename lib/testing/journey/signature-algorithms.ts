import { createHash } from 'node:crypto'
import type { SignedMessage } from './openssl-verify'

/** The algorithms of the journeys: each curve's own, and for RSA one of each padding. */
export type SignatureAlgorithm = 'RS256' | 'PS384' | 'ES256' | 'ES256K' | 'ES384' | 'ES512'

export const HASH_OF = {
  RS256: 'sha256',
  PS384: 'sha384',
  ES256: 'sha256',
  ES256K: 'sha256',
  ES384: 'sha384',
  ES512: 'sha512',
} as const satisfies Record<SignatureAlgorithm, SignedMessage['hash']>

const OF_CURVE: Record<string, readonly SignatureAlgorithm[]> = {
  'P-256': ['ES256'],
  'P-256K': ['ES256K'],
  'P-384': ['ES384'],
  'P-521': ['ES512'],
}

/** Of a curve, or of an RSA modulus in bits. */
export const algorithmsOf = (sizeOrCurve: string): readonly SignatureAlgorithm[] =>
  OF_CURVE[sizeOrCurve] ?? ['RS256', 'PS384']

export const isPss = (algorithm: SignatureAlgorithm): boolean => algorithm.startsWith('PS')

export const digestFor = (algorithm: SignatureAlgorithm, message: Uint8Array): Buffer =>
  createHash(HASH_OF[algorithm]).update(message).digest()
