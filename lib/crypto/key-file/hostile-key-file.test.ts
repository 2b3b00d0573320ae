import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeBase64 } from '../base64'
import { concatBytes } from '../bytes'
import { derTag } from '../der-reader'
import { writeDer, writeDerSequence, writeDerUnsignedInteger } from '../der-writer'
import { encodeHex } from '../hex'
import { fixture } from '../testing/fixture'
import { readKeyFile } from './read-key-file'
import type { ReadKeyFileResult } from './read-result'
import { KeyFileRefused, keyFileRefusals } from './refusals'
import { SshReader } from './ssh-reader'

/** Small costs, so that no changed number makes a test wait. */
const options = {
  passphrase: new TextEncoder().encode('correct horse'),
  limits: { pbkdf2Iterations: 5000, scryptMemory: 2 ** 21, scryptCost: 2 ** 14, bcryptRounds: 2 },
}

/** Of every format one, and one of each shape that is refused by its content. */
const names = [
  'rsa.pkcs8.pem',
  'rsa.pkcs8.der',
  'rsa.pkcs1.der',
  'p256.sec1.der',
  'p256.explicit.pem',
  'p256.ber',
  'p256.utf16le.pem',
  'p256.pem.base64',
  'rsa.pbes2-aes256-sha256.der',
  'p384.scrypt.der',
  'rsa.legacy-aes256.pem',
  'ssh-rsa',
  'ssh-ecdsa-256',
  'ssh-ecdsa-aes256-gcm',
  'rsa.p12',
  'rsa.jwk',
  'p256k.jwk',
  'set.jwks',
  'aes-32.bin',
  'aes-32.hex',
  'certificate.der',
  'request.der',
  'pgp-secret.gpg',
  'keystore.jks',
  'transfer.byok',
]

function expectDocumented(read: ReadKeyFileResult): void {
  if (read.result === 'refused') {
    expect(keyFileRefusals).toHaveProperty(read.code)
    expect(read.remedy.startsWith(keyFileRefusals[read.code])).toBe(true)
  } else if (read.result === 'keys') {
    expect(read.keys.length).toBeGreaterThan(0)
  }
}

describe('hostile key files', () => {
  it('of random bytes have a documented answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
        expectDocumented(await readKeyFile(bytes, options))
      }),
      { numRuns: 500 },
    )
  })

  it.each(names)(
    '%s cut off or changed anywhere has a documented answer',
    async (name) => {
      const bytes = await fixture(`key-files/${name}`)
      const change = fc.record({
        cut: fc.option(fc.nat(bytes.length), { freq: 3 }),
        at: fc.nat(bytes.length - 1),
        to: fc.oneof(fc.nat(255), fc.constantFrom(0x00, 0x80, 0xff, 0x84, 0x30)),
      })
      await fc.assert(
        fc.asyncProperty(change, async ({ cut, at, to }) => {
          const changed = bytes.slice(0, cut ?? bytes.length)
          if (at < changed.length) changed[at] = to
          expectDocumented(await readKeyFile(changed, options))
        }),
        { numRuns: 60 },
      )
    },
    60_000,
  )

  it.each(['rsa.pkcs8.der', 'rsa.pkcs1.der', 'ssh-rsa', 'p256.sec1.der', 'ssh-ecdsa-256', 'ssh-ecdsa-aes256-gcm'])(
    '%s with a byte changed is refused, or is still the same key',
    async (name) => {
      const bytes = await fixture(`key-files/${name}`)
      const whole = await readKeyFile(bytes, options)
      if (whole.result !== 'keys') throw new Error(whole.result)
      const expected = encodeHex(whole.keys[0]?.material ?? new Uint8Array())
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, difference) => {
          const changed = bytes.slice()
          changed[at] = (changed[at] ?? 0) ^ difference
          const read = await readKeyFile(changed, options)
          if (read.result !== 'keys') return
          expect(read.keys.map((key) => encodeHex(key.material))).toEqual([expected])
        }),
        { numRuns: 150 },
      )
    },
    60_000,
  )

  it.each([
    ['gnutls-rsa.p12.pem', 40],
    ['ssh-ecdsa-aes256-ctr', 200],
    ['rsa.pbes2-aes256-sha256.pem', 200],
  ])('%s repeated %d times is not opened as often: the work of one file is bounded', async (name, times) => {
    const one = new TextDecoder().decode(await fixture(`key-files/${name}`))
    const limits = { pbkdf2Iterations: 2048, scryptMemory: 2 ** 21, scryptCost: 2 ** 14, bcryptRounds: 2 }
    const read = await readKeyFile(new TextEncoder().encode(one.repeat(times)), { ...options, limits })
    const refusedFor = read.result === 'keys' ? read.leftOut : read.result === 'refused' ? [read.code] : []
    expect(refusedFor).toContain('kdf-beyond-limits')
    expect(read.result === 'keys' ? read.keys.length : 0).toBeLessThanOrEqual(4)
  })

  it.each([
    ['a megabyte of hyphens', '-'.repeat(2 ** 20)],
    ['a line that is all header', `-----BEGIN X-----\n${'a'.repeat(2 ** 19)}:${' '.repeat(2 ** 18)}x\n-----END X-----`],
    ['headers without end', `-----BEGIN X-----\n${'a: b\n'.repeat(150_000)}-----END X-----`],
    ['names without end', `${'friendlyName: \n'.repeat(60_000)}-----BEGIN X-----\nAA==\n-----END X-----`],
    ['begins without end', '-----BEGIN X-----\n'.repeat(50_000)],
    ['braces', '{"a":'.repeat(200_000)],
    ['brackets', '['.repeat(2 ** 20)],
    ['a long string', `{"kty":"${'\\u0041'.repeat(170_000)}"}`],
    ['a megabyte of hexadecimal', '30'.repeat(2 ** 19)],
    ['a megabyte of base64', 'MIIE'.repeat(2 ** 18)],
    ['blanks', `${' '.repeat(2 ** 20 - 1)}x`],
  ])('%s is answered within seconds', async (_, content) => {
    const start = Date.now()
    expectDocumented(await readKeyFile(new TextEncoder().encode(content), options))
    expect(Date.now() - start).toBeLessThan(5000)
  })

  // Each PKCS#12 of a PEM file had a budget of its own: sixty at the limit kept a core busy for an hour.
  it('many PKCS#12 files in one PEM share what one file may ask for', async () => {
    const body = encodeBase64(await fixture('key-files/rsa.p12'))
    const pem = new TextEncoder().encode(`-----BEGIN PKCS12-----\n${body}\n-----END PKCS12-----\n`.repeat(8))
    const read = await readKeyFile(pem, { ...options, limits: { ...options.limits, pbkdf2Iterations: 2048 } })
    if (read.result !== 'keys') throw new Error(read.result)
    expect(read.keys.length).toBeLessThan(4)
    expect(new Set(read.leftOut)).toEqual(new Set(['kdf-beyond-limits']))
  })

  it('an algorithm’s identifier of a page’s length is not shown', async () => {
    const identifier = writeDer(derTag.objectIdentifier, new Uint8Array(30_000).fill(1))
    const key = writeDer(derTag.octetString, Uint8Array.of(0))
    const file = writeDerSequence(writeDerUnsignedInteger(Uint8Array.of(0)), writeDerSequence(identifier), key)
    const read = await readKeyFile(file, options)
    expect(read).toMatchObject({ result: 'refused', remedy: expect.stringMatching(/^.{1,200}$/) })
  })

  it('OpenSSH’s integers of a megabyte are refused before they are computed with', () => {
    const integer = concatBytes(Uint8Array.of(0, 8, 2, 0), new Uint8Array(2 ** 19 + 512).fill(0x55))
    expect(() => new SshReader(integer).mpint()).toThrow(KeyFileRefused)
  })
})
