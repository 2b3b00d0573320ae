import { type CipherGCMTypes, createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import { badParameter } from '../fault'
import type { AesCipher } from './algorithms'

export type AesInput = { value: Buffer; iv?: Buffer | undefined; aad?: Buffer | undefined; tag?: Buffer | undefined }
export type AesOutput = { value: Buffer; iv?: Buffer; aad?: Buffer; tag?: Buffer }

const keyWrapInitialValue = Buffer.alloc(8, 0xa6) // RFC 3394, section 2.2.3.1
const paddedWrapInitialValue = Buffer.from('A65959A6', 'hex') // RFC 5649, section 3
const gcmNonceLength = 12
const gcmTagLength = 16

export function encryptAes({ scheme }: AesCipher, key: KeyObject, input: AesInput): AesOutput {
  if (scheme === 'gcm') return encryptGcm(key, input)
  if (scheme === 'cbc' || scheme === 'cbcpad') {
    const iv = cbcIv(input)
    const cipher = createCipheriv(`aes-${bitsOf(key)}-cbc`, key, iv).setAutoPadding(scheme === 'cbcpad')
    return { value: Buffer.concat([cipher.update(input.value), cipher.final()]), iv }
  }
  refuseEmpty(input)
  const cipher = createCipheriv(...wrapArguments(scheme, key))
  return { value: Buffer.concat([cipher.update(input.value), cipher.final()]) }
}

export function decryptAes({ scheme }: AesCipher, key: KeyObject, input: AesInput): Buffer {
  if (scheme === 'gcm') return decryptGcm(key, input)
  if (scheme === 'cbc' || scheme === 'cbcpad') {
    const decipher = createDecipheriv(`aes-${bitsOf(key)}-cbc`, key, cbcIv(input)).setAutoPadding(scheme === 'cbcpad')
    return Buffer.concat([decipher.update(input.value), decipher.final()])
  }
  refuseEmpty(input)
  const decipher = createDecipheriv(...wrapArguments(scheme, key))
  return Buffer.concat([decipher.update(input.value), decipher.final()])
}

/** OpenSSL takes no bytes for a key wrap that needs nothing done. */
function refuseEmpty({ value }: AesInput): void {
  if (value.length === 0) throw badParameter('The property "value" must not be empty.')
}

function wrapArguments(scheme: 'kw' | 'kwp', key: KeyObject): [string, KeyObject, Buffer] {
  return scheme === 'kw'
    ? [`id-aes${bitsOf(key)}-wrap`, key, keyWrapInitialValue]
    : [`id-aes${bitsOf(key)}-wrap-pad`, key, paddedWrapInitialValue]
}

/** The nonce is always the vault's own: one that a caller repeats would give the key away. */
function encryptGcm(key: KeyObject, { value, aad }: AesInput): AesOutput {
  const iv = randomBytes(gcmNonceLength)
  const cipher = createCipheriv(gcmName(key), key, iv)
  if (aad) cipher.setAAD(aad)
  const sealed = Buffer.concat([cipher.update(value), cipher.final()])
  return { value: sealed, iv, tag: cipher.getAuthTag(), ...(aad && { aad }) }
}

function decryptGcm(key: KeyObject, { value, iv, aad, tag }: AesInput): Buffer {
  if (iv?.length !== gcmNonceLength) throw badParameter(`The property "iv" must hold ${gcmNonceLength} bytes.`)
  if (tag?.length !== gcmTagLength) throw badParameter(`The property "tag" must hold ${gcmTagLength} bytes.`)
  const decipher = createDecipheriv(gcmName(key), key, iv).setAuthTag(tag)
  if (aad) decipher.setAAD(aad)
  return Buffer.concat([decipher.update(value), decipher.final()])
}

const bitsOf = (key: KeyObject): number => (key.symmetricKeySize ?? 0) * 8

function gcmName(key: KeyObject): CipherGCMTypes {
  const bits = bitsOf(key)
  if (bits === 128) return 'aes-128-gcm'
  return bits === 192 ? 'aes-192-gcm' : 'aes-256-gcm'
}

function cbcIv({ iv }: AesInput): Buffer {
  if (iv?.length !== 16) throw badParameter('The property "iv" must hold 16 bytes.')
  return iv
}
