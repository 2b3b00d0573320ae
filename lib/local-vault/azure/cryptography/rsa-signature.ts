import { constants, type KeyObject, privateEncrypt, publicDecrypt, timingSafeEqual } from 'node:crypto'
import type { PublicPart } from '../../store/records'
import { badParameter } from '../fault'
import type { RsaSignature } from './algorithms'
import { rsaPublicKeyOf } from './key-objects'
import { encodePss, verifyPss } from './pss'

type RsaPart = Extract<PublicPart, { family: 'RSA' }>

/** RSASSA-PKCS1-v1_5 or RSASSA-PSS over a given digest, or the bare padding around what RSNULL is given. */
export function signRsa(algorithm: RsaSignature, part: RsaPart, key: KeyObject, value: Buffer): Buffer {
  if (algorithm.scheme === 'pss')
    return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encodePss(algorithm.digest, value, bytesOf(part)))
  return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, contentOf(algorithm, part, value))
}

export function verifyRsa(algorithm: RsaSignature, part: RsaPart, value: Buffer, signature: Buffer): boolean {
  if (signature.length !== bytesOf(part)) return false
  if (algorithm.scheme === 'pss') {
    const encoded = openSignature(part, constants.RSA_NO_PADDING, signature)
    return encoded !== undefined && verifyPss(algorithm.digest, value, encoded)
  }
  const expected = contentOf(algorithm, part, value)
  const opened = openSignature(part, constants.RSA_PKCS1_PADDING, signature)
  return opened?.length === expected.length && timingSafeEqual(opened, expected)
}

const bytesOf = ({ bits }: RsaPart): number => bits / 8

/** RSASSA-PKCS1-v1_5 needs 11 bytes for its padding (RFC 8017, section 9.2). */
const paddingBytes = 11

function contentOf(algorithm: Exclude<RsaSignature, { scheme: 'pss' }>, part: RsaPart, value: Buffer): Buffer {
  if (algorithm.scheme === 'pkcs1') return Buffer.concat([algorithm.digest.derPrefix, value])
  const most = bytesOf(part) - paddingBytes
  if (value.length > most) throw badParameter(`RSNULL takes at most ${most} bytes with this key.`)
  return value
}

function openSignature(part: RsaPart, padding: number, signature: Buffer): Buffer | undefined {
  try {
    return publicDecrypt({ key: rsaPublicKeyOf(part), padding }, signature)
  } catch {
    // Not a signature of this key: its padding does not open.
    return undefined
  }
}
