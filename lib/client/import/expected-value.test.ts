import { createHash, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { recogniseFile, recogniseText } from './expected-value'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const der = pair.publicKey.export({ type: 'spki', format: 'der' })
const spkiSha256 = createHash('sha256').update(der).digest('hex')

describe('the value that an officer gives for comparison', () => {
  it('is recognised as a public key in PEM, pasted or dropped, and in DER', async () => {
    const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const value = { form: 'public-key-file', spkiSha256 }
    expect(await recogniseText(pem)).toMatchObject({ value: { ...value, format: 'pem-public-key' } })
    expect(await recogniseFile(new TextEncoder().encode(pem))).toMatchObject({ value })
    expect(await recogniseFile(der)).toMatchObject({ value: { ...value, format: 'der-public-key' } })
  })

  it('is recognised as a fingerprint in any grouping', async () => {
    const grouped = spkiSha256.toUpperCase().match(/.{4}/g)?.join(' ') ?? ''
    expect(await recogniseText(grouped)).toMatchObject({ value: { form: 'spki-sha256', spkiSha256 } })
    expect(await recogniseText(`${spkiSha256}  -`)).toMatchObject({ value: { form: 'spki-sha256' } })
  })

  it('is recognised as a thumbprint or a key check value by its length', async () => {
    expect(await recogniseText('A'.repeat(43))).toMatchObject({ value: { form: 'jwk-thumbprint' } })
    expect(await recogniseText('KCV: 12 34 ab')).toMatchObject({ value: { keyCheckValue: '1234AB' } })
  })

  it('is refused when it is a private key, in words of its own', async () => {
    const secret = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(await recogniseText(secret)).toEqual({ state: 'private-key' })
    expect(await recogniseFile(pair.privateKey.export({ type: 'pkcs8', format: 'der' }))).toEqual({
      state: 'private-key',
    })
  })

  it.each(['', '   '])('is nothing while nothing is given', async (text) => {
    expect(await recogniseText(text)).toEqual({ state: 'nothing' })
  })

  it.each(['12345', 'A'.repeat(42), 'zz'.repeat(32), '-----BEGIN NONSENSE-----'])(
    'is not guessed: %s',
    async (text) => {
      expect(await recogniseText(text)).toEqual({ state: 'not-recognised' })
    },
  )
})
