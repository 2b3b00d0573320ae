import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePrivateFile } from '../private-file'
import { StartError } from '../start-error'

/** Seals private keys at rest: AES-256-GCM, a fresh nonce each, bound to the place where the key lies. */
export type MasterKey = {
  seal(plaintext: Uint8Array, place: string): Buffer
  open(sealed: Uint8Array, place: string): Buffer
  /** 32 bytes for one purpose (HKDF-SHA-256). */
  derive(purpose: string): Buffer
}

const nonceLength = 12
const tagLength = 16

/** Reads master.key (0600, 32 bytes), or makes it for a folder that holds no keys yet. */
export function readOrCreateMasterKey(dataFolder: string, storeExists: boolean): MasterKey {
  const path = join(dataFolder, 'master.key')
  if (!existsSync(path)) {
    if (storeExists)
      throw new StartError(
        'unusable-folder',
        `The local vault's ${path} is missing; without it the keys in this folder can't be opened.`,
      )
    writePrivateFile(path, randomBytes(32))
  }
  const key = readFileSync(path)
  if (key.length !== 32)
    throw new StartError('unusable-folder', `The local vault's ${path} is damaged: it must hold 32 bytes.`)
  return {
    seal: (plaintext, place) => seal(key, plaintext, place),
    open: (sealed, place) => open(key, sealed, place),
    derive: (purpose) => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, 32)),
  }
}

function seal(key: Buffer, plaintext: Uint8Array, place: string): Buffer {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

function open(key: Buffer, sealed: Uint8Array, place: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength), { authTagLength: tagLength })
  decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength))
  return Buffer.concat([decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()])
}
