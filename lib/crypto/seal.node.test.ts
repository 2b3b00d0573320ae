import { constants, createDecipheriv, createPrivateKey, generateKeyPairSync, privateDecrypt } from 'node:crypto'
import { expect, it } from 'vitest'
import { asPkcs8Der, asRawSecretKey, asSpkiDer, type Bytes, copyBytes } from './bytes'
import { encodeHex } from './hex'
import { sealTransferBlob } from './seal'
import { sampleCurves, samplePkcs8, sampleRsas, sampleSpki } from './testing/sample-keys'
import { parseTransferBlob } from './transfer-blob'

const kekKid = 'https://kv.vault.azure.net/keys/kek/0123456789abcdef0123456789abcdef'

function openWithOpenSsl(kekPkcs8: Bytes, file: Uint8Array, modulusBytes: number): Buffer {
  const parsed = parseTransferBlob(file)
  if (!parsed.ok) throw new Error(parsed.code)
  const { ciphertext } = parsed.blob
  const key = createPrivateKey({ key: Buffer.from(kekPkcs8), format: 'der', type: 'pkcs8' })
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const aesKey = privateDecrypt({ key, oaepHash: 'sha1', padding }, ciphertext.subarray(0, modulusBytes))
  expect(aesKey.length).toBe(32)
  const decipher = createDecipheriv('id-aes256-wrap-pad', aesKey, Buffer.from('A65959A6', 'hex'))
  return Buffer.concat([decipher.update(ciphertext.subarray(modulusBytes)), decipher.final()])
}

it.each(sampleRsas)('every kind of key opens with OpenSSL under a KEK of %s', async (kek) => {
  const keys = [...sampleRsas, ...sampleCurves].map((name) => asPkcs8Der(samplePkcs8(name)))
  const secrets = [16, 24, 32].map((length) => asRawSecretKey(crypto.getRandomValues(new Uint8Array(length))))
  for (const plaintext of [...keys, ...secrets]) {
    const before = encodeHex(plaintext)
    const kekSpki = asSpkiDer(sampleSpki(kek))
    const file = await sealTransferBlob({ kekSpki, kekKid, plaintext, generator: 'test' })
    const opened = openWithOpenSsl(samplePkcs8(kek), file, Number(kek.replace('RSA-', '')) / 8)
    expect(opened.toString('hex')).toBe(before)
  }
})

it('a KEK of 1024 bits is refused', async () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const kekSpki = asSpkiDer(copyBytes(publicKey.export({ type: 'spki', format: 'der' })))
  const sealing = sealTransferBlob({
    kekSpki,
    kekKid,
    plaintext: asRawSecretKey(new Uint8Array(32)),
    generator: 'test',
  })
  await expect(sealing).rejects.toMatchObject({ code: 'kek-unsupported' })
})
