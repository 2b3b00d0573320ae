import { describe, expect, it } from 'vitest'
import { encodeHex } from '../hex'
import type { KeyWarning } from '../private-key/found-key'
import { fixture } from '../testing/fixture'
import { readKeyFile } from './read-key-file'
import type { KeyFileFormat, ReadKeyFileOptions } from './read-result'

const correctHorse = new TextEncoder().encode('correct horse')
const file = (name: string) => fixture(`key-files/${name}`)

async function keysIn(bytes: Uint8Array, options: ReadKeyFileOptions = {}) {
  const read = await readKeyFile(bytes, options)
  if (read.result !== 'keys') throw new Error(JSON.stringify(read))
  return read
}

/** The one key of a file is the one whose public half OpenSSL or ssh-keygen wrote as `public`.spki. */
async function expectKey(name: string, publicHalf: string, options: ReadKeyFileOptions = {}) {
  const { keys, format, leftOut } = await keysIn(await file(name), options)
  expect(keys).toHaveLength(1)
  expect(encodeHex(keys[0]?.spki ?? new Uint8Array())).toBe(encodeHex(await file(`${publicHalf}.spki`)))
  return { format, leftOut, key: keys[0] }
}

describe('a private key that lies open', () => {
  it.each<[string, KeyFileFormat, string]>([
    ...['rsa', 'p256', 'p384', 'p521', 'p256k'].flatMap((key): [string, KeyFileFormat, string][] => [
      [`${key}.pkcs8.pem`, 'pkcs8', key],
      [`${key}.pkcs8.der`, 'pkcs8', key],
    ]),
    ...['p256', 'p384', 'p521', 'p256k'].flatMap((key): [string, KeyFileFormat, string][] => [
      [`${key}.sec1.pem`, 'sec1', key],
      [`${key}.explicit.pem`, 'sec1', key],
    ]),
    ['rsa.pkcs1.pem', 'pkcs1', 'rsa'],
    ['rsa.pkcs1.der', 'pkcs1', 'rsa'],
    ['p256.sec1.der', 'sec1', 'p256'],
    ['p256.explicit-pkcs8.pem', 'pkcs8', 'p256'],
    ['p256.compressed.pem', 'sec1', 'p256'],
    ['p256.hybrid.pem', 'sec1', 'p256'],
    ['p256.no-public.pem', 'sec1', 'p256'],
    ['p256.with-parameters.pem', 'sec1', 'p256'],
    ['p256.ber', 'pkcs8', 'p256'],
    ['gnutls-rsa.pem', 'pkcs1', 'gnutls-rsa'],
    ['gnutls-p384.pem', 'sec1', 'gnutls-p384'],
    ...['ssh-rsa', 'ssh-ecdsa-256', 'ssh-ecdsa-384', 'ssh-ecdsa-521'].map((key): [string, KeyFileFormat, string] => [
      key,
      'openssh',
      key,
    ]),
    ['rsa.jwk', 'jwk', 'rsa'],
    ['rsa.without-crt.jwk', 'jwk', 'rsa'],
    ['p256.jwk', 'jwk', 'p256'],
    ['p256.without-public-half.jwk', 'jwk', 'p256'],
    ['p256.long-member.jwk', 'jwk', 'p256'],
    ['p256k.jwk', 'jwk', 'p256k'],
    ['p256k.vault.jwk', 'jwk', 'p256k'],
    ['vault-body.jwk', 'jwk', 'rsa'],
  ])('%s is %s, and the same key as its maker says', async (name, format, publicHalf) => {
    expect((await expectKey(name, publicHalf)).format).toBe(format)
  })

  it.each([
    'crlf.pem',
    'utf8-mark.pem',
    'utf16le.pem',
    'utf16be-unmarked.pem',
    'in-a-letter.pem',
    'odd-lines.pem',
    'one-line.pem',
    'env',
    'pkcs8.base64',
    'pem.base64',
    'wrong-label.pem',
  ])('survives what shells, letters and settings files do to it: p256.%s', async (name) => {
    expect((await expectKey(`p256.${name}`, 'p256')).format).toBe('pkcs8')
  })

  it.each<[string, KeyWarning[]]>([
    ['rsa.pkcs8.pem', []],
    ['ssh-rsa', []],
    ['p256.no-public.pem', ['public-half-computed', 'no-redundancy']],
    ['p256.without-public-half.jwk', ['public-half-computed', 'no-redundancy']],
    ['rsa.without-crt.jwk', ['crt-recomputed']],
    ['aes-16.bin', ['no-redundancy']],
    ['oct.jwk', ['no-redundancy']],
  ])('%s is warned of by %j', async (name, warnings) => {
    expect((await keysIn(await file(name))).keys[0]?.warnings).toEqual(warnings)
  })
})

describe('an encrypted private key', () => {
  it.each<[string, KeyFileFormat, string, string, string]>([
    ['rsa.pbes2-aes256-sha256.pem', 'encrypted-pkcs8', 'AES-256-CBC', 'PBKDF2, HMAC-SHA-256, 2048 iterations', 'rsa'],
    ['rsa.pbes2-aes256-sha256.der', 'encrypted-pkcs8', 'AES-256-CBC', 'PBKDF2, HMAC-SHA-256, 2048 iterations', 'rsa'],
    ['p256.pbes2-aes192-sha512.pem', 'encrypted-pkcs8', 'AES-192-CBC', 'PBKDF2, HMAC-SHA-512, 2048 iterations', 'p256'],
    ['p256.pbes2-des3-sha1.pem', 'encrypted-pkcs8', 'DES-EDE3-CBC', 'PBKDF2, HMAC-SHA-1, 2048 iterations', 'p256'],
    ['p384.scrypt.pem', 'encrypted-pkcs8', 'AES-256-CBC', 'scrypt, N=1024, r=8, p=1', 'p384'],
    ['p256.pbes1-3des.pem', 'encrypted-pkcs8', 'DES-EDE3-CBC', 'PKCS#12, SHA-1, 2048 iterations', 'p256'],
    ['rsa.legacy-aes128.pem', 'openssl-legacy', 'AES-128-CBC', 'MD5, 1 round', 'rsa'],
    ['rsa.legacy-aes192.pem', 'openssl-legacy', 'AES-192-CBC', 'MD5, 1 round', 'rsa'],
    ['rsa.legacy-aes256.pem', 'openssl-legacy', 'AES-256-CBC', 'MD5, 1 round', 'rsa'],
    ['rsa.legacy-des3.pem', 'openssl-legacy', 'DES-EDE3-CBC', 'MD5, 1 round', 'rsa'],
    ['p521.legacy-aes256.pem', 'openssl-legacy', 'AES-256-CBC', 'MD5, 1 round', 'p521'],
    ...[
      'aes128-cbc',
      'aes192-cbc',
      'aes256-cbc',
      'aes128-ctr',
      'aes192-ctr',
      'aes256-ctr',
      'aes128-gcm',
      'aes256-gcm',
    ].map((cipher): [string, KeyFileFormat, string, string, string] => [
      `ssh-ecdsa-${cipher}`,
      'openssh',
      cipher.toUpperCase().replace('AES', 'AES-'),
      'bcrypt, 2 rounds',
      `ssh-ecdsa-${cipher}`,
    ]),
    ['ssh-ecdsa-chacha20-poly1305', 'openssh', 'ChaCha20-Poly1305', 'bcrypt, 2 rounds', 'ssh-ecdsa-chacha20-poly1305'],
    ['ssh-rsa-aes256-ctr', 'openssh', 'AES-256-CTR', 'bcrypt, 16 rounds', 'ssh-rsa-aes256-ctr'],
    ['rsa.p12', 'pkcs12', 'AES-256-CBC', 'PBKDF2, HMAC-SHA-256, 2048 iterations', 'rsa'],
  ])(
    '%s asks for the passphrase, refuses others, and opens with it',
    async (name, format, cipher, kdf, publicHalf) => {
      const bytes = await file(name)
      expect(await readKeyFile(bytes)).toEqual({ result: 'passphrase-needed', format, cipher, kdf })
      for (const wrong of ['', 'incorrect horse']) {
        const read = await readKeyFile(bytes, { passphrase: new TextEncoder().encode(wrong) })
        expect(read).toMatchObject({ result: 'refused', code: 'wrong-passphrase' })
      }
      expect((await expectKey(name, publicHalf, { passphrase: correctHorse })).format).toBe(format)
    },
    60_000,
  )

  it('opens with an empty passphrase when it was encrypted with one, and only when one is given', async () => {
    expect(await readKeyFile(await file('p256.empty-passphrase.pem'))).toMatchObject({ result: 'passphrase-needed' })
    await expectKey('p256.empty-passphrase.pem', 'p256', { passphrase: new Uint8Array(0) })
  })

  it.each(['p256.pbes2-des3-sha1.pem', 'p256.pbes1-3des.pem', 'rsa.legacy-aes256.pem'])(
    'says that the protection of %s is of another time',
    async (name) => {
      const { keys } = await keysIn(await file(name), { passphrase: correctHorse })
      expect(keys[0]?.warnings).toContain('weak-file-protection')
    },
  )

  it('leaves the caller’s bytes and passphrase as they were', async () => {
    const [bytes, passphrase] = [await file('rsa.legacy-aes256.pem'), correctHorse.slice()]
    const before = bytes.slice()
    await readKeyFile(bytes, { passphrase })
    expect([bytes, passphrase]).toEqual([before, correctHorse])
  })

  it('is let go of when the signal says so, also while bcrypt runs', async () => {
    const reading = readKeyFile(await file('ssh-rounds-257'), {
      passphrase: correctHorse,
      limits: { pbkdf2Iterations: 1, scryptMemory: 1, scryptCost: 1, bcryptRounds: 1000 },
      signal: AbortSignal.timeout(100),
    })
    await expect(reading).rejects.toMatchObject({ name: 'TimeoutError' })
    const ended = readKeyFile(await file('p256.pkcs8.pem'), { signal: AbortSignal.abort('ended') })
    await expect(ended).rejects.toBe('ended')
  })
})

describe('a file of several keys', () => {
  const kinds = async (name: string, options: ReadKeyFileOptions = {}) => {
    const { keys, leftOut } = await keysIn(await file(name), options)
    return { keys: keys.map((key) => [key.sizeOrCurve, key.name]), leftOut }
  }

  it('gives every private key of PEM, and passes certificates and public keys over', async () => {
    expect((await kinds('three-keys.pem')).keys.map(([size]) => size)).toEqual(['2048', 'P-256', 'P-384'])
    expect((await kinds('three-keys.pem')).leftOut).toBeUndefined()
  })

  it('asks for the passphrase when one of them is encrypted, and opens them all with it', async () => {
    expect(await readKeyFile(await file('three-keys-two-encrypted.pem'))).toMatchObject({ result: 'passphrase-needed' })
    const { keys } = await kinds('three-keys-two-encrypted.pem', { passphrase: correctHorse })
    expect(keys.map(([size]) => size)).toEqual(['2048', 'P-256', 'P-521'])
  })

  it('says which of them were left out, and why', async () => {
    expect(await kinds('one-of-three.pem')).toEqual({
      keys: [['P-256', undefined]],
      leftOut: ['edwards-curve', 'rsa-size'],
    })
    const wrong = { passphrase: new TextEncoder().encode('wrong') }
    expect(await kinds('three-keys-two-encrypted.pem', wrong)).toEqual({
      keys: [['P-256', undefined]],
      leftOut: ['wrong-passphrase', 'wrong-passphrase'],
    })
  })

  it('gives a set’s keys with their identifiers', async () => {
    expect(await kinds('set.jwks')).toEqual({
      keys: [
        ['2048', undefined],
        ['P-521', undefined],
        ['256', 'storage key'],
      ],
      leftOut: ['edwards-curve'],
    })
  })

  it.each<[string, string]>([
    ['rsa.bag-attributes.pem', 'payment key 2026'],
    ['rsa.bag-attributes-encrypted.pem', 'payment key 2026'],
    ['rsa.p12', 'payment key 2026'],
    ['gnutls-rsa.p12.pem', 'payment key'],
    ['rsa.jwk', 'payment key 2026'],
    ['ssh-rsa', 'officer@example'],
  ])(
    'tells the name that %s gives its key',
    async (name, expected) => {
      expect((await kinds(name, { passphrase: correctHorse })).keys).toEqual([['2048', expected]])
    },
    60_000,
  )
})
