import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { badParameter } from '../fault'
import type { CipherAlgorithm } from './algorithms'

export type AesCipher = Extract<CipherAlgorithm, { family: 'oct' }>
export type AesInput = { value: Buffer; iv?: Buffer | undefined; aad?: Buffer | undefined; tag?: Buffer | undefined }
export type AesOutput = { value: Buffer; iv?: Buffer; aad?: Buffer; tag?: Buffer }

const keyWrapInitialValue = Buffer.alloc(8, 0xa6) // RFC 3394, section 2.2.3.1
const gcmNonceLength = 12
const gcmTagLength = 16

export function encryptAes({ scheme, bits }: AesCipher, key: Buffer, input: AesInput): AesOutput {
  switch (scheme) {
    case 'gcm':
      return encryptGcm(bits, key, input)
    case 'kw': {
      const cipher = createCipheriv(`id-aes${bits}-wrap`, key, keyWrapInitialValue)
      return { value: Buffer.concat([cipher.update(input.value), cipher.final()]) }
    }
    default: {
      const iv = cbcIv(input)
      const cipher = createCipheriv(`aes-${bits}-cbc`, key, iv).setAutoPadding(scheme === 'cbcpad')
      return { value: Buffer.concat([cipher.update(input.value), cipher.final()]), iv }
    }
  }
}

export function decryptAes({ scheme, bits }: AesCipher, key: Buffer, input: AesInput): Buffer {
  switch (scheme) {
    case 'gcm':
      return decryptGcm(bits, key, input)
    case 'kw': {
      const decipher = createDecipheriv(`id-aes${bits}-wrap`, key, keyWrapInitialValue)
      return Buffer.concat([decipher.update(input.value), decipher.final()])
    }
    default: {
      const decipher = createDecipheriv(`aes-${bits}-cbc`, key, cbcIv(input)).setAutoPadding(scheme === 'cbcpad')
      return Buffer.concat([decipher.update(input.value), decipher.final()])
    }
  }
}

/** The nonce is always the vault's own: one that a caller repeats would give the key away. */
function encryptGcm(bits: number, key: Buffer, { value, aad }: AesInput): AesOutput {
  const iv = randomBytes(gcmNonceLength)
  const cipher = createCipheriv(gcmName(bits), key, iv)
  if (aad) cipher.setAAD(aad)
  const sealed = Buffer.concat([cipher.update(value), cipher.final()])
  return { value: sealed, iv, tag: cipher.getAuthTag(), ...(aad && { aad }) }
}

function decryptGcm(bits: number, key: Buffer, { value, iv, aad, tag }: AesInput): Buffer {
  if (iv?.length !== gcmNonceLength) throw badParameter(`The property "iv" must hold ${gcmNonceLength} bytes.`)
  if (tag?.length !== gcmTagLength) throw badParameter(`The property "tag" must hold ${gcmTagLength} bytes.`)
  const decipher = createDecipheriv(gcmName(bits), key, iv).setAuthTag(tag)
  if (aad) decipher.setAAD(aad)
  return Buffer.concat([decipher.update(value), decipher.final()])
}

function gcmName(bits: number): 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm' {
  if (bits === 128) return 'aes-128-gcm'
  return bits === 192 ? 'aes-192-gcm' : 'aes-256-gcm'
}

function cbcIv({ iv }: AesInput): Buffer {
  if (iv?.length !== 16) throw badParameter('The property "iv" must hold 16 bytes.')
  return iv
}
