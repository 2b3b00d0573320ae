import { execFileSync } from 'node:child_process'
import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { kekQrText } from '@/lib/client/import/kek-qr-text'
import { uniqueName } from './actions-wizard'
import { officialClient } from './official-client'
import type { KeyFile } from './offline-sealer'
import { vaultKeys } from './vault-keys'

type VaultKind = Parameters<typeof vaultKeys>[0]

const base64Url = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('base64url')
const der = (key: KeyObject) => key.export({ type: 'spki', format: 'der' })

/** A fresh KEK of 3072 bits, made at the vault itself, with what its transfer sheet would say. */
export async function kekAtVault(kind: VaultKind) {
  const { id = '', key } = await vaultKeys(kind).createKey(uniqueName('kek'), 'RSA-HSM', {
    keyOps: ['import'],
    keySize: 3072,
  })
  const jwk = { kty: 'RSA', n: base64Url(key?.n), e: base64Url(key?.e) }
  const publicKey = createPublicKey({ format: 'jwk', key: jwk })
  const pem = String(publicKey.export({ type: 'spki', format: 'pem' }))
  return { kid: id, pem, qr: kekQrText(id, der(publicKey).toString('base64url')), spki: der(publicKey) }
}

/** Imports a blob as the vault's own API takes it, and tells of the key what can be compared. */
export async function importAtVault(
  kind: VaultKind,
  kty: 'RSA-HSM' | 'EC-HSM' | 'oct-HSM',
  blob: Buffer,
  curve?: string,
) {
  const imported = await vaultKeys(kind).importKey(uniqueName('sealed'), {
    kty,
    t: new Uint8Array(blob),
    ...(curve ? { crv: curve } : {}),
    ...(kty === 'oct-HSM' ? { keyOps: ['encrypt', 'decrypt'] } : {}),
  })
  return { kid: imported.id ?? '', key: imported.key }
}

/** AES of a block of zeros, by the vault with the imported key: six hexadecimal digits. */
export async function checkValueAtVault(kid: string): Promise<string> {
  const zeros = new Uint8Array(16)
  const { result } = await officialClient(kid).encrypt({ algorithm: 'A256CBC', iv: zeros, plaintext: zeros })
  return Buffer.from(result.subarray(0, 3)).toString('hex').toUpperCase()
}

export interface PairFile extends KeyFile {
  publicKey: KeyObject
}

export function rsaPem(): PairFile {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { name: 'orders.pem', content: privateKey.export({ type: 'pkcs8', format: 'pem' }), publicKey }
}

export function encryptedRsa(passphrase: string): PairFile {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 })
  const content = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
  return { name: 'locked.pem', content, passphrase, publicKey }
}

export function ecPem(namedCurve: 'prime256v1' | 'secp256k1' | 'secp224r1'): PairFile {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve })
  return { name: `${namedCurve}.key`, content: privateKey.export({ type: 'sec1', format: 'pem' }), publicKey }
}

/** As old tools wrote it: PBES1 with 3DES, a MAC of SHA-1. */
export function oldPkcs12(passphrase: string): PairFile {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  const how = ['-export', '-nocerts', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1', '-passout', `pass:${passphrase}`]
  const content = execFileSync('openssl', ['pkcs12', ...how], { input: pem })
  return { name: 'old.p12', content, passphrase, publicKey }
}

export const aesKey = (): KeyFile & { bytes: Buffer } => {
  const bytes = randomBytes(32)
  return { name: 'aes.key', content: bytes, bytes }
}
