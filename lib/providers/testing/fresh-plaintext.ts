import { createCipheriv, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { asPkcs8Der, asRawSecretKey, copyBytes, type Pkcs8Der, type RawSecretKey } from '@/lib/crypto'
import type { KeyOperation } from '@/lib/domain/keys/key-operations'
import type { EcCurve, SizeOrCurve } from '@/lib/domain/keys/key-type'

export interface PlaintextType {
  label: string
  kty: 'RSA-HSM' | 'EC-HSM' | 'oct-HSM'
  sizeOrCurve: SizeOrCurve
  curve?: EcCurve
  keyOps: readonly KeyOperation[]
}

export interface Plaintext {
  /** PKCS#8 DER, or a symmetric key's raw bytes. */
  bytes: Pkcs8Der | RawSecretKey
  publicSpki: Buffer | null
  keyCheckValue: string | null
}

const makePair = promisify(generateKeyPair)
const NODE_CURVES = {
  'P-256': 'P-256',
  'P-256K': 'secp256k1',
  'P-384': 'P-384',
  'P-521': 'P-521',
} as const satisfies Record<EcCurve, string>

/** A new key of that type, made by OpenSSL (through Node), as it would lie in the source HSM. */
export async function freshPlaintext(type: PlaintextType): Promise<Plaintext> {
  if (type.kty === 'oct-HSM') return freshAes(Number(type.sizeOrCurve))
  const pair = type.curve
    ? await makePair('ec', { namedCurve: NODE_CURVES[type.curve] })
    : await makePair('rsa', { modulusLength: Number(type.sizeOrCurve) })
  return {
    bytes: asPkcs8Der(copyBytes(exportDer(pair.privateKey, 'pkcs8'))),
    publicSpki: exportDer(pair.publicKey, 'spki'),
    keyCheckValue: null,
  }
}

function exportDer(key: KeyObject, type: 'pkcs8' | 'spki'): Buffer {
  return type === 'pkcs8' ? key.export({ format: 'der', type }) : key.export({ format: 'der', type })
}

function freshAes(bits: number): Plaintext {
  const bytes = randomBytes(bits / 8)
  const cipher = createCipheriv(`aes-${bits}-ecb`, bytes, null).setAutoPadding(false)
  return {
    bytes: asRawSecretKey(copyBytes(bytes)),
    publicSpki: null,
    keyCheckValue: cipher.update(Buffer.alloc(16)).subarray(0, 3).toString('hex'),
  }
}
