import { describe, expect, it } from 'vitest'
import { asPkcs8Der, asRawSecretKey, asSpkiDer, type Bytes, copyBytes } from './bytes'
import { decodeHex, encodeHex } from './hex'
import { sealTransferBlob } from './seal'
import { jwkToSpki } from './spki'
import { openSealed } from './testing/open-sealed'
import { publishedVectors } from './testing/published-vectors'
import { sampleCurves, sampleJwk, samplePkcs8, sampleRsas, sampleSpki } from './testing/sample-keys'
import { parseTransferBlob } from './transfer-blob'

const kid = 'https://kv.vault.azure.net/keys/kek/0123456789abcdef0123456789abcdef'
const kekSpki = asSpkiDer(sampleSpki('RSA-2048'))
const seal = (plaintext: Bytes, spki = kekSpki) =>
  sealTransferBlob({ kekSpki: spki, kekKid: kid, plaintext: asRawSecretKey(plaintext), generator: 'test' })
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

describe.each(sampleRsas)('sealed under a KEK of %s', (kek) => {
  const bits = Number(kek.replace('RSA-', ''))

  it.each([...sampleRsas, ...sampleCurves])('%s opens as the same PKCS#8', async (name) => {
    const plaintext = asPkcs8Der(samplePkcs8(name))
    const file = await seal(plaintext, asSpkiDer(sampleSpki(kek)))
    expect(encodeHex(await openSealed(file, samplePkcs8(kek), bits))).toBe(encodeHex(samplePkcs8(name)))
  })

  it.each([16, 24, 32])('%i raw bytes open as they were', async (length) => {
    const bytes = random(length)
    const file = await seal(copyBytes(bytes), asSpkiDer(sampleSpki(kek)))
    expect(encodeHex(await openSealed(file, samplePkcs8(kek), bits))).toBe(encodeHex(bytes))
  })
})

describe('sealing a transfer blob', () => {
  it('writes the documented file and nothing else', async () => {
    const parsed = parseTransferBlob(await seal(random(32)))
    if (!parsed.ok) throw new Error(parsed.code)
    expect(parsed.changes).toEqual([])
    expect(parsed.blob).toMatchObject({ kid, schemaVersion: '1.0.0', generator: 'test', unknownMembers: 0 })
    expect(parsed.blob.header).toEqual({ kid, alg: 'dir', enc: 'CKM_RSA_AES_KEY_WRAP' })
  })

  it('fills the plaintext with zeros, also when it fails', async () => {
    const [sealed, refused] = [random(32), random(32)]
    await seal(sealed)
    expect(encodeHex(sealed)).toBe('00'.repeat(32))
    await expect(seal(refused, asSpkiDer(sampleSpki('P-256')))).rejects.toMatchObject({ code: 'kek-unsupported' })
    expect(encodeHex(refused)).toBe('00'.repeat(32))
  })

  it('never uses an ephemeral key twice', async () => {
    expect(encodeHex(await seal(new Uint8Array(16)))).not.toBe(encodeHex(await seal(new Uint8Array(16))))
  })

  it('seals under a KEK rebuilt from the n and e that a vault shows', async () => {
    const { n = '', e = '' } = sampleJwk('RSA-2048')
    const rebuilt = jwkToSpki({ kty: 'RSA-HSM', n, e })
    expect(encodeHex(rebuilt)).toBe(encodeHex(kekSpki))
    const opened = await openSealed(await seal(new Uint8Array(32), rebuilt), samplePkcs8('RSA-2048'), 2048)
    expect(encodeHex(opened)).toBe('00'.repeat(32))
  })
})

type OaepVectors = {
  testGroups: {
    privateKeyPkcs8: string
    tests: { tcId: number; msg: string; ct: string; label: string; result: string }[]
  }[]
}
const vectors = await publishedVectors<OaepVectors>('rsa_oaep_2048_sha1_mgf1sha1_test.json')

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
