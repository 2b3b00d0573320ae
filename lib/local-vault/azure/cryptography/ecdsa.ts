import type { KeyObject } from 'node:crypto'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import type { PublicPart } from '../../store/records'

// ECDSA over a digest that is already made, which node:crypto can't take for EC keys. Signatures are raw r||s; the service
// does not ask for a low s, so neither is one demanded here.

const implementations = { 'P-256': p256, 'P-256K': secp256k1, 'P-384': p384, 'P-521': p521 }

type EcPart = Extract<PublicPart, { family: 'EC' }>

export function signEcdsa({ curve }: EcPart, key: KeyObject, digest: Buffer): Buffer {
  const scalar = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url')
  const signature = implementations[curve].sign(digest, scalar, { prehash: false, lowS: false })
  scalar.fill(0)
  return Buffer.from(signature)
}

export function verifyEcdsa({ curve, x, y }: EcPart, digest: Buffer, signature: Buffer): boolean {
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  const { verify, lengths } = implementations[curve]
  if (signature.length !== lengths.signature) return false
  return verify(signature, digest, point, { prehash: false, lowS: false })
}
