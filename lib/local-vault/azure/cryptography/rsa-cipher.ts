import { constants, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto'
import type { PublicPart } from '../../store/records'
import type { RsaCipher } from './algorithms'
import { rsaPublicKeyOf } from './key-objects'

type RsaPart = Extract<PublicPart, { family: 'RSA' }>

export function encryptRsa(algorithm: RsaCipher, part: RsaPart, value: Buffer): Buffer {
  const key = rsaPublicKeyOf(part)
  if (algorithm.scheme === 'pkcs1') return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, value)
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: algorithm.hash }, value)
}

export function decryptRsa(algorithm: RsaCipher, key: KeyObject, value: Buffer): Buffer {
  if (algorithm.scheme === 'pkcs1') return unpad(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, value))
  return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: algorithm.hash }, value)
}

/** EME-PKCS1-v1_5 (RFC 8017, section 7.2.2) by hand: Node 20 refuses this padding on decryption. Not constant-time; loopback only. */
function unpad(block: Buffer): Buffer {
  const end = block.indexOf(0, 2)
  if (block.at(0) !== 0 || block.at(1) !== 2 || end < 10) throw new Error('The padding does not open.')
  return Buffer.from(block.subarray(end + 1))
}
