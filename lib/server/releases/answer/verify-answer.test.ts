import { createSign, generateKeyPairSync, type KeyObject, randomBytes, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { answerHolds } from '@/lib/domain/releases/release-answer'
import { issueCertificate } from '@/lib/local-vault/certificates/issue-certificate'
import { type AskedRelease, verifyAnswer } from './verify-answer'

const VERSION = 'fdf067c93bbb4b22bff4d8b7a9a56217'
const HOST = 'contoso.vault.azure.net'
const KID = `https://${HOST}/keys/payroll/${VERSION}`
const now = new Date('2026-11-22T12:00:00Z')

const keyPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
const [root, leaf, stranger, environment] = [keyPair(), keyPair(), keyPair(), keyPair()]
const n = environment.publicKey.export({ format: 'jwk' }).n ?? ''

type Wish = { names?: string; hosts?: string[]; notAfter?: Date; issuer?: KeyObject }
function chainOf({
  names = 'vault.azure.net',
  hosts,
  notAfter = new Date('2027-01-01'),
  issuer = root.privateKey,
}: Wish = {}) {
  const times = { notBefore: new Date('2026-01-01'), notAfter }
  const by = { name: 'Root of the test', privateKey: issuer }
  const end = {
    ...times,
    name: names,
    publicKey: leaf.publicKey,
    issuer: by,
    isAuthority: false,
    ...(hosts ? { hosts } : {}),
  }
  const top = {
    ...times,
    name: by.name,
    publicKey: root.publicKey,
    issuer: { ...by, privateKey: root.privateKey },
    isAuthority: true,
  }
  return [issueCertificate(end), issueCertificate(top)].map((der) => new X509Certificate(der).raw.toString('base64'))
}

/** A certificate whose key is of a kind that nobody knows: reading it throws. */
function unreadableKey(): string[] {
  const [end = '', top = ''] = chainOf()
  const der = Buffer.from(end, 'base64')
  const rsaEncryption = Buffer.from('06092a864886f70d010101', 'hex')
  der[der.indexOf(rsaEncryption) + rsaEncryption.length - 1] = 0x63
  expect(() => new X509Certificate(der).publicKey).toThrow()
  return [der.toString('base64'), top]
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const ciphertext = randomBytes(256 + 152)
const blob = {
  schema_version: '1.0',
  header: { kid: 'env', alg: 'dir', enc: 'CKM_RSA_AES_KEY_WRAP' },
  ciphertext: ciphertext.toString('base64url'),
}
const payloadOf = (request: object = {}, keyHsm: string = part(blob)) => ({
  request: { 'api-version': '7.4', enc: 'CKM_RSA_AES_KEY_WRAP', kid: KID, nonce: 'once', ...request },
  response: { key: { key: { kid: KID, kty: 'RSA', key_hsm: keyHsm }, attributes: {} } },
})

type Made = { header?: object; payload?: unknown; key?: KeyObject; x5c?: string[] }
function answer({ header = {}, payload = payloadOf(), key = leaf.privateKey, x5c = chainOf() }: Made = {}): string {
  const signed = `${part({ alg: 'RS256', x5c, ...header })}.${part(payload)}`
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key).toString('base64url')}`
}

const asked: AskedRelease = {
  vault: { url: `https://${HOST}`, kind: 'azure_key_vault' },
  ...{ name: 'payroll', version: VERSION, algorithm: 'CKM_RSA_AES_KEY_WRAP', nonce: 'once', now },
  wrapping: { kid: 'env', n, e: 'AQAB' },
}

describe('a vault’s answer to a release', () => {
  it('holds where all of it holds, and of what was released only length and digest are told', () => {
    const facts = verifyAnswer(answer(), asked)
    const holds = 'holds'
    expect(facts).toMatchObject({
      verdicts: {
        signature: holds,
        chain: holds,
        times: holds,
        host: holds,
        request: holds,
        nonce: holds,
        wrapped: holds,
      },
      wrapped: { length: 408, forKey: 'env', algorithm: 'CKM_RSA_AES_KEY_WRAP' },
      signedBy: 'vault.azure.net',
    })
    expect(facts.verdicts.root).toBe('not-known')
    expect(answerHolds(facts.verdicts)).toBe(true)
    expect(JSON.stringify(facts)).not.toContain(blob.ciphertext.slice(0, 40))
  })

  it.each([
    ['signed by nobody', answer({ header: { alg: 'none' } }), 'signature'],
    ['by a shared secret, its certificate taken for one', answer({ header: { alg: 'HS256' } }), 'signature'],
    ['signed by another key', answer({ key: stranger.privateKey }), 'signature'],
    ['with a chain that another root signed', answer({ x5c: chainOf({ issuer: stranger.privateKey }) }), 'chain'],
    ['by a certificate that has expired', answer({ x5c: chainOf({ notAfter: new Date('2026-11-01') }) }), 'times'],
    ['by another vault', answer({ x5c: chainOf({ names: 'x', hosts: ['fabrikam.vault.azure.net'] }) }), 'host'],
    ['by a certificate of half the internet', answer({ x5c: chainOf({ names: 'net' }) }), 'host'],
    ['of a Managed HSM', answer({ x5c: chainOf({ names: 'managedhsm.azure.net' }) }), 'host'],
    ['about another key', answer({ payload: payloadOf({ kid: KID.replace('payroll', 'other') }) }), 'request'],
    ['by another algorithm', answer({ payload: payloadOf({ enc: 'RSA_AES_KEY_WRAP_256' }) }), 'request'],
    ['of an earlier request', answer({ payload: payloadOf({ nonce: 'twice' }) }), 'nonce'],
    [
      'wrapped for another key',
      answer({ payload: payloadOf({}, part({ ...blob, header: { ...blob.header, kid: 'mine' } })) }),
      'wrapped',
    ],
    ['with a key in the clear', answer({ payload: payloadOf({}, part({ kty: 'RSA', d: 'AQAB' })) }), 'wrapped'],
    ['too short to be wrapped', answer({ payload: payloadOf({}, part({ ...blob, ciphertext: 'AAAA' })) }), 'wrapped'],
  ])('%s fails', (_what, text, check) => {
    const { verdicts } = verifyAnswer(text, asked)
    expect(verdicts).toMatchObject({ [check]: 'fails' })
    expect(answerHolds(verdicts)).toBe(false)
  })

  it.each([
    '',
    'a.b',
    'a.b.c.d',
    'eyJ.eyJ.x',
    `${part({ alg: 'RS256', x5c: ['AAAA'] })}.e30.AA`,
    answer({ x5c: unreadableKey() }),
    answer({ x5c: unreadableKey().reverse() }),
    'A'.repeat(1_000_000),
  ])('that is no answer at all is none: %#', (text) =>
    expect(verifyAnswer(text, asked)).toMatchObject({ verdicts: { signature: 'fails' }, wrapped: null }),
  )
})
