import 'server-only'
import { createCipheriv, generateKeyPairSync, randomBytes } from 'node:crypto'
import {
  asPkcs8Der,
  asRawSecretKey,
  asSpkiDer,
  type Bytes,
  encodeSpki,
  type Pkcs8Der,
  publicKeyFromJwk,
  type RawSecretKey,
  sealTransferBlob,
  spkiSha256Hex,
} from '@/lib/crypto'
import type { EcCurve } from '@/lib/domain/keys/key-type'
import type { Kek } from '../db/generated/client'
import { jwkSchema } from '../inventory/jwk-schema'

/** A sealed example, and what the ceremony record would hold of it. */
export interface SealedExample {
  file: Bytes
  /** SPKI SHA-256, or the key check value of a symmetric key. */
  recorded: string
}

/**
 * Plays the source HSM of the examples, in the set-up's own process and for keys that protect nothing: generates a key,
 * seals it under the KEK and forgets it. The console itself never does this.
 */
export async function sealExample(kek: Kek, what: { curve: EcCurve } | { aesBits: 128 | 256 }): Promise<SealedExample> {
  const { plaintext, recorded } = 'curve' in what ? await generateEc(what.curve) : generateAes(what.aesBits)
  const kekSpki = asSpkiDer(encodeSpki(publicKeyFromJwk(jwkSchema.parse(kek.publicJwk))))
  const file = await sealTransferBlob({
    kekSpki,
    kekKid: kek.kid ?? '',
    plaintext,
    generator: 'Drawbridge example source HSM',
  })
  return { file, recorded }
}

async function generateEc(curve: EcCurve): Promise<{ plaintext: Pkcs8Der; recorded: string }> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve === 'P-256K' ? 'secp256k1' : curve })
  return {
    plaintext: asPkcs8Der(new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }))),
    recorded: await spkiSha256Hex(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))),
  }
}

function generateAes(bits: 128 | 256): { plaintext: RawSecretKey; recorded: string } {
  const raw = randomBytes(bits / 8)
  const cipher = createCipheriv(`aes-${bits}-ecb`, raw, null)
  const recorded = cipher.update(Buffer.alloc(16)).subarray(0, 3).toString('hex').toUpperCase()
  return { plaintext: asRawSecretKey(new Uint8Array(raw)), recorded }
}
