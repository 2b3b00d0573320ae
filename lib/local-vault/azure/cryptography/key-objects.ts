import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { PublicPart } from '../../store/records'

export function privateKeyOf(pkcs8: Buffer): KeyObject {
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
}

export function rsaPublicKeyOf({ n, e }: Extract<PublicPart, { family: 'RSA' }>): KeyObject {
  return createPublicKey({ format: 'jwk', key: { kty: 'RSA', n, e } })
}
