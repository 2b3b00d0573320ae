import { createHash, createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseTransferBlob, sealTransferBlob, type WrappedKey } from '@/lib/crypto'
import { foundKey } from '@/lib/crypto/private-key/found-key-of'
import type { PrivateNumbers } from '@/lib/crypto/private-key/private-numbers'
import { sampleCurves, sampleNumbers, sampleRsas, sampleSpki } from '@/lib/crypto/testing/sample-keys'
import { findSoftHsm } from './find-softhsm'
import { openToken, type Token } from './token'
import { checkValueInToken, signInToken } from './token-key'
import { generateKek, type TokenKek, unwrapInToken } from './unwrap-in-token'

const search = await findSoftHsm()
if (!search.found) {
  if (process.env.CI === 'true') throw new Error(`SoftHSM2 is needed: ${search.reason}`)
  console.warn(`SKIPPED: SoftHSM2: ${search.reason}`)
}

const kekKid = 'https://kv.vault.azure.net/keys/kek/0123456789abcdef0123456789abcdef'

describe.skipIf(!search.found).each([2048, 3072, 4096])('what we seal under a token’s own KEK of %i bits', (bits) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'unwrap-'))
  let token: Token
  let kek: TokenKek
  beforeAll(async () => {
    token = await openToken(folder)
    kek = generateKek(token, bits)
  })
  afterAll(() => {
    token?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function sealed(numbers: PrivateNumbers): Promise<WrappedKey> {
    const { material: plaintext } = await foundKey(numbers)
    const parsed = parseTransferBlob(
      await sealTransferBlob({ kekSpki: kek.spki, kekKid, plaintext, generator: 'test' }),
    )
    if (!parsed.ok) throw new Error(parsed.code)
    return parsed.blob.ciphertext
  }

  it.each([...sampleRsas, ...sampleCurves])('opens in it as the same key: %s', async (name) => {
    const family = name.startsWith('RSA') ? 'RSA' : 'EC'
    const privateKey = unwrapInToken(token, kek, await sealed(sampleNumbers(name)), family)
    const message = Buffer.from('the same key')
    const signature = signInToken(token, { family, privateKey }, createHash('sha256').update(message).digest())
    const publicKey = createPublicKey({ key: Buffer.from(sampleSpki(name)), format: 'der', type: 'spki' })
    expect(verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true)
  })

  it.each([16, 24, 32])('opens in it with our check value: %i bytes', async (length) => {
    const bytes = crypto.getRandomValues(new Uint8Array(length))
    const { kcv } = await foundKey({ kind: 'oct', bytes: Uint8Array.from(bytes) })
    const secretKey = unwrapInToken(token, kek, await sealed({ kind: 'oct', bytes }), 'oct')
    expect(checkValueInToken(token, secretKey)).toBe(kcv?.ecb)
  })

  it('does not open with one bit changed', async () => {
    const ciphertext = await sealed(sampleNumbers('P-256'))
    ciphertext[kek.modulusBytes + 9] = (ciphertext[kek.modulusBytes + 9] ?? 0) ^ 1
    expect(() => unwrapInToken(token, kek, ciphertext, 'EC')).toThrow()
  })
})
