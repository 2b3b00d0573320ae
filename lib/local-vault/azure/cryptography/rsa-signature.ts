import { constants, privateEncrypt, publicDecrypt, timingSafeEqual } from 'node:crypto'
import type { PublicPart } from '../../store/records'
import type { SignatureAlgorithm } from './algorithms'
import { privateKeyOf, rsaPublicKeyOf } from './key-objects'
import { encodePss, verifyPss } from './pss'

type RsaAlgorithm = Extract<SignatureAlgorithm, { family: 'RSA' }>
type RsaPart = Extract<PublicPart, { family: 'RSA' }>

/** RSASSA-PKCS1-v1_5 or RSASSA-PSS over a given digest. */
export function signRsa({ scheme, digest }: RsaAlgorithm, part: RsaPart, pkcs8: Buffer, value: Buffer): Buffer {
  const key = privateKeyOf(pkcs8)
  if (scheme === 'pkcs1')
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digestInfo(digest.derPrefix, value))
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encodePss(digest, value, part.bits / 8))
}

export function verifyRsa({ scheme, digest }: RsaAlgorithm, part: RsaPart, value: Buffer, signature: Buffer): boolean {
  if (signature.length !== part.bits / 8) return false
  const padding = scheme === 'pkcs1' ? constants.RSA_PKCS1_PADDING : constants.RSA_NO_PADDING
  const opened = openSignature(part, padding, signature)
  if (!opened) return false
  if (scheme === 'pss') return verifyPss(digest, value, opened)
  const expected = digestInfo(digest.derPrefix, value)
  return opened.length === expected.length && timingSafeEqual(opened, expected)
}

function openSignature(part: RsaPart, padding: number, signature: Buffer): Buffer | undefined {
  try {
    return publicDecrypt({ key: rsaPublicKeyOf(part), padding }, signature)
  } catch {
    // Not a signature of this key: its padding does not open.
    return undefined
  }
}

function digestInfo(prefix: string, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from(prefix, 'hex'), value])
}
