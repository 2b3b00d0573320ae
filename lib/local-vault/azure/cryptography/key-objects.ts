import { createPublicKey, type KeyObject } from 'node:crypto'
import type { PublicPart } from '../../store/records'

export function rsaPublicKeyOf({ n, e }: Extract<PublicPart, { family: 'RSA' }>): KeyObject {
  return createPublicKey({ format: 'jwk', key: { kty: 'RSA', n, e } })
}
