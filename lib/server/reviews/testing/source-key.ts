import {
  createCipheriv,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { asPkcs8Der, asRawSecretKey, type Pkcs8Der, type RawSecretKey, spkiThumbprint } from '@/lib/crypto'

/** A key as a source HSM would hold it, and what its ceremony record would say. */
export interface SourceKey {
  kty: 'RSA-HSM' | 'EC-HSM' | 'oct-HSM'
  sizeOrCurve: string
  /** Consumed by sealing. */
  plaintext: () => Pkcs8Der | RawSecretKey
  /** SPKI SHA-256, or the key check value of a symmetric key. */
  recorded: string
  publicKeyPem: string | null
  thumbprint: string | null
}

const NODE_CURVES = { 'P-256': 'P-256', 'P-384': 'P-384', 'P-521': 'P-521', 'P-256K': 'secp256k1' } as const

export function rsaSourceKey(bits: 2048 | 3072 | 4096 = 2048): Promise<SourceKey> {
  return asymmetric('RSA-HSM', String(bits), generateKeyPairSync('rsa', { modulusLength: bits }).privateKey)
}

export function ecSourceKey(curve: keyof typeof NODE_CURVES = 'P-256'): Promise<SourceKey> {
  return asymmetric('EC-HSM', curve, generateKeyPairSync('ec', { namedCurve: NODE_CURVES[curve] }).privateKey)
}

export function octSourceKey(bits: 128 | 192 | 256 = 256): SourceKey {
  const raw = randomBytes(bits / 8)
  const cipher = createCipheriv(`aes-${bits}-ecb`, raw, null)
  return {
    kty: 'oct-HSM',
    sizeOrCurve: String(bits),
    plaintext: () => asRawSecretKey(new Uint8Array(raw)),
    recorded: cipher.update(Buffer.alloc(16)).subarray(0, 3).toString('hex').toUpperCase(),
    publicKeyPem: null,
    thumbprint: null,
  }
}

async function asymmetric(kty: 'RSA-HSM' | 'EC-HSM', sizeOrCurve: string, privateKey: KeyObject): Promise<SourceKey> {
  const publicKey = createPublicKey(privateKey)
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  return {
    kty,
    sizeOrCurve,
    plaintext: () => asPkcs8Der(new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }))),
    recorded: createHash('sha256').update(spki).digest('hex'),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    thumbprint: await spkiThumbprint(new Uint8Array(spki)),
  }
}
