import {
  constants,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  privateDecrypt,
  verify,
} from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aesKeyCheckValue, asRawSecretKey, asSpkiDer, copyBytes, encodeHex, parseTransferBlob } from '@/lib/crypto'
import { KEY_SHAPES, shapeName } from '@/lib/domain/preflight/encoded-lengths'
import { proposeTypes } from '@/lib/domain/preflight/type-proposals'
import { findSoftHsm } from './find-softhsm'
import { openToken, type Token } from './token'
import { generateKey, readAttributes, signInToken } from './token-key'
import { wrapForAzure } from './wrap-for-azure'

const search = await findSoftHsm()
if (!search.found) {
  if (process.env.CI === 'true') throw new Error(`SoftHSM2 is needed: ${search.reason}`)
  console.warn(`SKIPPED: SoftHSM2: ${search.reason}`)
}

const kekKid = 'https://kv.vault.azure.net/keys/kek/0123456789abcdef0123456789abcdef'
const kek = generateKeyPairSync('rsa', { modulusLength: 3072 })
const kekSpki = asSpkiDer(copyBytes(kek.publicKey.export({ type: 'spki', format: 'der' })))

/** Opens a blob with OpenSSL alone. */
function unwrap(file: Uint8Array): Buffer {
  const parsed = parseTransferBlob(file)
  if (!parsed.ok) throw new Error(parsed.code)
  const { ciphertext } = parsed.blob
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const aesKey = privateDecrypt({ key: kek.privateKey, oaepHash: 'sha1', padding }, ciphertext.subarray(0, 384))
  const decipher = createDecipheriv('id-aes256-wrap-pad', aesKey, Buffer.from('A65959A6', 'hex'))
  return Buffer.concat([decipher.update(ciphertext.subarray(384)), decipher.final()])
}

/** Tokens may leave zero bytes behind the DER. */
function withoutTrailingZeros(der: Buffer): Buffer {
  const length =
    der.readUInt8(1) < 0x80
      ? 2 + der.readUInt8(1)
      : der.readUInt8(1) === 0x81
        ? 3 + der.readUInt8(2)
        : 4 + der.readUInt16BE(2)
  expect(der.subarray(length).every((byte) => byte === 0)).toBe(true)
  expect(der.length - length).toBeLessThanOrEqual(7)
  return der.subarray(0, length)
}

describe.skipIf(!search.found)('a key generated in a PKCS#11 token', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'token-'))
  let token: Token
  beforeAll(async () => {
    token = await openToken(folder)
  })
  afterAll(() => {
    token?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const asymmetric = KEY_SHAPES.filter(({ family }) => family !== 'oct').map(
    (shape) => [shapeName(shape), shape] as const,
  )
  const symmetric = KEY_SHAPES.filter(({ family }) => family === 'oct').map(
    (shape) => [shapeName(shape), shape] as const,
  )

  it.each(asymmetric)(
    'leaves it wrapped and opens as the same key: %s',
    (name, shape) => {
      const key = generateKey(token, shape)
      if (key.family === 'oct') throw new Error('expected a key pair')
      const file = wrapForAzure(token, { kekSpki, kekKid, key })
      const opened = createPrivateKey({ key: withoutTrailingZeros(unwrap(file)), format: 'der', type: 'pkcs8' })
      const theirs = createPublicKey({ key: Buffer.from(key.spki), format: 'der', type: 'spki' })
      expect(createPublicKey(opened).equals(theirs)).toBe(true)

      const message = Buffer.from('the same key')
      const signature = signInToken(token, key, createHash('sha256').update(message).digest())
      expect(verify('sha256', message, { key: theirs, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true)

      const parsed = parseTransferBlob(file)
      if (!parsed.ok) throw new Error(parsed.code)
      expect(proposeTypes(parsed.blob.ciphertext.length - 384).map((proposal) => proposal.name)).toContain(name)
    },
    60_000,
  )

  it.each(symmetric)(
    'leaves it wrapped and opens with the check value that the token computed: %s',
    async (_, shape) => {
      const key = generateKey(token, shape)
      if (key.family !== 'oct') throw new Error('expected a secret key')
      const raw = asRawSecretKey(copyBytes(unwrap(wrapForAzure(token, { kekSpki, kekKid, key }))))
      expect(raw.length * 8).toBe(Number(shape.sizeOrCurve))
      expect(await aesKeyCheckValue(raw)).toBe(key.keyCheckValue)
    },
  )

  it('never leaves it in the clear', () => {
    const key = generateKey(token, { family: 'EC', sizeOrCurve: 'P-256' })
    if (key.family === 'oct') throw new Error('expected a key pair')
    const { CKA_VALUE, CKR_ATTRIBUTE_SENSITIVE } = token.pkcs11js
    expect(() => readAttributes(token, key.privateKey, [CKA_VALUE])).toThrow(
      expect.objectContaining({ code: CKR_ATTRIBUTE_SENSITIVE }),
    )
  })

  it('is wrapped afresh each time', () => {
    const key = generateKey(token, { family: 'EC', sizeOrCurve: 'P-256' })
    const [first, second] = [1, 2].map(() => encodeHex(wrapForAzure(token, { kekSpki, kekKid, key })))
    expect(first).not.toBe(second)
  })
})
