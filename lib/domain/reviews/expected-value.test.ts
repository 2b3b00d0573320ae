import { execFileSync } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spkiThumbprint } from '@/lib/crypto'
import { compareExpectedValue, EXPECTED_VALUE_HINT_WORDS, recogniseExpectedValue } from './expected-value'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' })
const der = publicKey.export({ type: 'spki', format: 'der' })
const hex = createHash('sha256').update(der).digest('hex')
const grouped = (by: number, mark: string) => hex.match(new RegExp(`.{1,${by}}`, 'g'))?.join(mark) ?? ''

describe('what an approver gives', () => {
  it.each([
    ['plain', hex],
    ['upper case', hex.toUpperCase()],
    ['colons', grouped(2, ':')],
    ['groups of four', grouped(4, ' ').toUpperCase()],
    ['groups of eight in lines', grouped(8, '\n')],
    ['hyphens', grouped(4, '-')],
    ['sha256sum', `${hex}  -\n`],
    ['sha256sum of a file', `${hex}  kek.der\n`],
    ['OpenSSL', `SHA2-256(stdin)= ${hex}`],
    ['older OpenSSL', `SHA256(stdin)= ${hex}`],
    ['a prefix', `SHA256:${grouped(2, ':')}`],
    ['0x', `0x${hex}`],
  ])('is recognised as a SHA-256 of the public key: %s', async (_, text) => {
    expect(await recogniseExpectedValue(text)).toEqual({ kind: 'spki-sha256', hex })
    expect(await recogniseExpectedValue(new TextEncoder().encode(text))).toEqual({ kind: 'spki-sha256', hex })
  })

  it('is recognised as a public key in PEM and DER, pasted or dropped', async () => {
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    for (const input of [pem, pem.replaceAll('\n', '\r\n'), Buffer.from(pem), new Uint8Array(der)]) {
      expect(await recogniseExpectedValue(input)).toEqual({ kind: 'public-key', spkiSha256: hex })
    }
  })

  it('is recognised as a certificate around the key', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'certificate-'))
    try {
      writeFileSync(path.join(folder, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
      for (const form of ['PEM', 'DER']) {
        const request = [
          'req',
          '-x509',
          '-new',
          '-key',
          'key.pem',
          '-subj',
          '/CN=device',
          '-days',
          '1',
          '-outform',
          form,
          '-out',
          form,
        ]
        execFileSync('openssl', request, { cwd: folder, stdio: 'ignore' })
        const file = readFileSync(path.join(folder, form))
        expect(await recogniseExpectedValue(file), form).toEqual({ kind: 'public-key', spkiSha256: hex })
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('is recognised as a thumbprint or a key check value', async () => {
    const value = await spkiThumbprint(der)
    expect(await recogniseExpectedValue(` ${value}\n`)).toEqual({ kind: 'jwk-thumbprint', value })
    for (const text of ['12ab9f', '12 AB 9F', '12:ab:9f', 'KCV: 12AB9F', '0x12ab9f']) {
      expect(await recogniseExpectedValue(text)).toEqual({ kind: 'key-check-value', hex: '12AB9F' })
    }
  })

  it.each([
    ['', 'empty'],
    [' \n', 'empty'],
    ['x'.repeat(70_000), 'too-large'],
    [privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'private-key'],
    [new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })), 'private-key'],
    [createHash('sha1').update(der).digest('hex'), 'other-hash'],
    [createHash('sha512').update(der).digest('hex'), 'other-hash'],
    [hex.slice(1), 'hex-of-other-length'],
    [`${hex}\n${hex}`, 'other-hash'],
    [`sha256 Fingerprint=${grouped(2, ':').toUpperCase()}`, 'certificate-fingerprint'],
    [`a${' '.repeat(60_000)}b`, 'hex-of-other-length'],
    ['-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'broken-public-key'],
    [
      generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      'unsupported-public-key',
    ],
    ['approved', 'unknown'],
    [`${'z'.repeat(42)}B`, 'unknown'],
  ])('that is nothing of the kind is answered with what to do (%#)', async (input, hint) => {
    expect(await recogniseExpectedValue(input)).toEqual({ kind: 'unrecognised', hint })
    expect(EXPECTED_VALUE_HINT_WORDS).toHaveProperty(hint)
  })

  it('never makes recognition crash', async () => {
    const known = async (input: string | Uint8Array) => {
      expect((await recogniseExpectedValue(input)).kind).toBeTypeOf('string')
    }
    await fc.assert(fc.asyncProperty(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 300 })), known), { numRuns: 500 })
    const damaged = fc.tuple(fc.nat(der.length - 1), fc.integer({ min: 0, max: 255 }))
    await fc.assert(
      fc.asyncProperty(damaged, ([at, value]) => known(Uint8Array.from(der, (byte, i) => (i === at ? value : byte)))),
      { numRuns: 300 },
    )
  })
})

describe('comparing with what is in the vault', () => {
  const actual = { spkiSha256: hex, jwkThumbprint: 'A'.repeat(43), keyCheckValue: '12ab9f' }

  it('tells equal from different for every kind', () => {
    expect(compareExpectedValue({ kind: 'public-key', spkiSha256: hex }, actual)).toBe('equal')
    expect(compareExpectedValue({ kind: 'spki-sha256', hex: hex.toUpperCase() }, actual)).toBe('equal')
    expect(compareExpectedValue({ kind: 'jwk-thumbprint', value: 'A'.repeat(43) }, actual)).toBe('equal')
    expect(compareExpectedValue({ kind: 'key-check-value', hex: '12AB9F' }, actual)).toBe('equal')
    expect(compareExpectedValue({ kind: 'public-key', spkiSha256: '0'.repeat(64) }, actual)).toBe('different')
    expect(
      compareExpectedValue(
        { kind: 'spki-sha256', hex: `0${hex.slice(1)}`.replace(/^0/, hex[0] === '0' ? '1' : '0') },
        actual,
      ),
    ).toBe('different')
    expect(compareExpectedValue({ kind: 'jwk-thumbprint', value: 'a'.repeat(43) }, actual)).toBe('different')
    expect(compareExpectedValue({ kind: 'key-check-value', hex: '12AB9E' }, actual)).toBe('different')
  })

  it('is neither where the vault has no such value', () => {
    for (const none of [{}, { spkiSha256: null, jwkThumbprint: null, keyCheckValue: null }]) {
      expect(compareExpectedValue({ kind: 'public-key', spkiSha256: hex }, none)).toBe('not-comparable')
      expect(compareExpectedValue({ kind: 'jwk-thumbprint', value: 'A'.repeat(43) }, none)).toBe('not-comparable')
      expect(compareExpectedValue({ kind: 'key-check-value', hex: '12AB9F' }, none)).toBe('not-comparable')
    }
  })
})
