import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '@/lib/crypto'
import { kekQrText } from '../import/kek-qr-text'
import { KEK_TROUBLE, readKek } from './read-kek'

const kid = 'https://contoso.vault.azure.net/keys/kek/0123456789abcdef0123456789abcdef'
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const der = (key: KeyObject) => key.export({ type: 'spki', format: 'der' })
const pem = String(publicKey.export({ type: 'spki', format: 'pem' }))
const qr = kekQrText(kid, der(publicKey).toString('base64url'))
const utf8 = (text: string) => new TextEncoder().encode(text)

describe('a KEK as its holder gives it', () => {
  it('is one and the same by PEM, DER, PKCS#1 and the sheet’s QR text', async () => {
    const pkcs1 = String(publicKey.export({ type: 'pkcs1', format: 'pem' }))
    const expected = { ok: true, value: { kid, bits: 2048, spkiSha256: await sha256Hex(der(publicKey)) } }
    expect(await readKek(utf8(pem), kid)).toMatchObject(expected)
    expect(await readKek(utf8(pkcs1), ` ${kid}\n`)).toMatchObject(expected)
    expect(await readKek(der(publicKey), kid)).toMatchObject(expected)
    expect(await readKek(utf8(qr), '')).toMatchObject(expected)
    expect(await readKek(utf8(qr), kid)).toMatchObject(expected)
  })

  it.each([
    ['key-missing', ' \n', kid],
    ['key-unreadable', 'not a key', kid],
    ['key-unreadable', pem.replace(/-----END.*/, ''), kid],
    ['private-key', String(privateKey.export({ type: 'pkcs8', format: 'pem' })), kid],
    ['qr-unreadable', qr.slice(0, -10), ''],
    ['qr-unreadable', qr.replace('kek:1', 'kek:2'), ''],
    ['kid-missing', pem, ''],
    ['kid-invalid', pem, 'kek'],
    ['kid-invalid', pem, kid.replace('/keys/', '/secrets/')],
    ['kid-without-version', pem, kid.slice(0, -33)],
    ['kid-differs', qr, kid.replace('0123', 'aaaa')],
  ] as const)('is refused as %s', async (code, key, typed) => {
    expect(await readKek(utf8(key), typed)).toEqual({ ok: false, error: code })
    expect(KEK_TROUBLE[code].words).toMatch(/\.$/)
  })

  it('is RSA of a size that vaults make', async () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey
    expect(await readKek(der(ec), kid)).toEqual({ ok: false, error: 'not-rsa' })
    expect(await readKek(der(small), kid)).toEqual({ ok: false, error: 'size' })
  })
})
