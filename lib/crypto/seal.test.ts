import {
  constants,
  createDecipheriv,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  randomBytes,
} from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decodeBase64Url } from './base64'
import { asPkcs8Der, asRawSecretKey, asSpkiDer, copyBytes } from './bytes'
import { decodeHex, encodeHex } from './hex'
import { sealTransferBlob } from './seal'
import { publishedVectors } from './testing/published-vectors'
import { parseTransferBlob } from './transfer-blob'

const kid = 'https://kv.vault.azure.net/keys/kek/0123456789abcdef0123456789abcdef'
const spkiOf = (key: KeyObject) => asSpkiDer(copyBytes(key.export({ type: 'spki', format: 'der' })))

function openWithOpenSsl(privateKey: KeyObject, ciphertext: Uint8Array, modulusBytes: number): Buffer {
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const aesKey = privateDecrypt({ key: privateKey, oaepHash: 'sha1', padding }, ciphertext.subarray(0, modulusBytes))
  expect(aesKey.length).toBe(32)
  const decipher = createDecipheriv('id-aes256-wrap-pad', aesKey, Buffer.from('A65959A6', 'hex'))
  return Buffer.concat([decipher.update(ciphertext.subarray(modulusBytes)), decipher.final()])
}

describe('sealing a transfer blob', () => {
  const kek = generateKeyPairSync('rsa', { modulusLength: 2048 })

  it.each([2048, 3072])('opens with OpenSSL under a KEK of %i bits', async (modulusLength) => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength })
    const target = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
    const pkcs8 = target.privateKey.export({ type: 'pkcs8', format: 'der' })
    const plaintext = asPkcs8Der(copyBytes(pkcs8))
    const file = await sealTransferBlob({ kekSpki: spkiOf(publicKey), kekKid: kid, plaintext, generator: 'test' })
    const parsed = parseTransferBlob(file)
    if (!parsed.ok) throw new Error(parsed.code)
    expect(parsed.changes).toEqual([])
    expect(parsed.blob).toMatchObject({ kid, schemaVersion: '1.0.0', generator: 'test', unknownMembers: 0 })
    expect(parsed.blob.header).toEqual({ kid, alg: 'dir', enc: 'CKM_RSA_AES_KEY_WRAP' })
    const opened = openWithOpenSsl(privateKey, parsed.blob.ciphertext, modulusLength / 8)
    expect(opened.equals(pkcs8)).toBe(true)
  })

  it('fills the plaintext with zeros, also when it fails', async () => {
    const sealed = asRawSecretKey(copyBytes(randomBytes(32)))
    await sealTransferBlob({ kekSpki: spkiOf(kek.publicKey), kekKid: kid, plaintext: sealed, generator: 'test' })
    expect(encodeHex(sealed)).toBe('00'.repeat(32))
    const refused = asRawSecretKey(copyBytes(randomBytes(32)))
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const sealing = sealTransferBlob({ kekSpki: spkiOf(publicKey), kekKid: kid, plaintext: refused, generator: 'test' })
    await expect(sealing).rejects.toMatchObject({ code: 'kek-unsupported' })
    expect(encodeHex(refused)).toBe('00'.repeat(32))
  })

  it('never uses an ephemeral key twice', async () => {
    const seal = () =>
      sealTransferBlob({
        kekSpki: spkiOf(kek.publicKey),
        kekKid: kid,
        plaintext: asRawSecretKey(new Uint8Array(16)),
        generator: 'test',
      })
    expect(encodeHex(await seal())).not.toBe(encodeHex(await seal()))
  })
})

type OaepVectors = {
  testGroups: {
    privateKeyPkcs8: string
    tests: { tcId: number; msg: string; ct: string; label: string; result: string }[]
  }[]
}
const vectors = publishedVectors<OaepVectors>('rsa_oaep_2048_sha1_mgf1sha1_test.json')

describe.skipIf(vectors === null)('RSA-OAEP with SHA-1 in WebCrypto, against published vectors', () => {
  it('opens the valid ones and refuses the others', async () => {
    let seen = 0
    for (const { privateKeyPkcs8, tests } of vectors?.testGroups ?? []) {
      const algorithm = { name: 'RSA-OAEP', hash: 'SHA-1' }
      const key = await crypto.subtle.importKey('pkcs8', decodeHex(privateKeyPkcs8), algorithm, false, ['decrypt'])
      for (const { tcId, msg, ct, label, result } of tests) {
        const opening = crypto.subtle.decrypt({ name: 'RSA-OAEP', label: decodeHex(label) }, key, decodeHex(ct))
        if (result === 'valid') expect(encodeHex(new Uint8Array(await opening)), `${tcId}`).toBe(msg)
        else await expect(opening, `${tcId}`).rejects.toThrow()
        seen++
      }
    }
    expect(seen).toBe(36)
  })
})

describe('the KEK as a vault shows it', () => {
  it('seals under a KEK rebuilt from n and e', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const { jwkToSpki } = await import('./spki')
    const jwk = publicKey.export({ format: 'jwk' })
    const kekSpki = jwkToSpki({ kty: 'RSA-HSM', n: String(jwk.n), e: String(jwk.e) })
    expect(createPublicKey({ key: Buffer.from(kekSpki), format: 'der', type: 'spki' }).equals(publicKey)).toBe(true)
    const file = await sealTransferBlob({
      kekSpki,
      kekKid: kid,
      plaintext: asRawSecretKey(decodeBase64Url('A'.repeat(43))),
      generator: 'test',
    })
    const parsed = parseTransferBlob(file)
    if (!parsed.ok) throw new Error(parsed.code)
    expect(openWithOpenSsl(privateKey, parsed.blob.ciphertext, 256).equals(Buffer.alloc(32))).toBe(true)
  })
})
