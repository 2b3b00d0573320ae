import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes } from '../bytes'
import { derChildren, readDer } from '../der-reader'
import {
  writeDer,
  writeDerNull,
  writeDerObjectIdentifier,
  writeDerSequence,
  writeDerUnsignedInteger,
} from '../der-writer'
import { readKeyFile } from '../key-file/read-key-file'
import { KDF_LIMITS } from '../key-file/read-result'
import { KeyFileRefused } from '../key-file/refusals'
import { foundKey } from '../private-key/found-key-of'
import { corpusFile } from '../testing/corpus'
import { looksLikePkcs12 } from './looks-like-pkcs12'
import { readPkcs12 } from './read-pkcs12'

const utf8 = (text: string) => new TextEncoder().encode(text)

async function valuesOf(bytes: Uint8Array, passphrase: string) {
  const read = await readPkcs12(bytes, { passphrase: utf8(passphrase) })
  if (read.result !== 'keys') throw new Error(read.result)
  const found = await Promise.all(read.keys.map((key) => foundKey(key.numbers, key)))
  return found.map(({ thumbprints }) => thumbprints.spkiSha256)
}

/** Every SEQUENCE and [0] of the outer structure with an indefinite length, its content in pieces of 100 bytes. */
function inPieces(der: Bytes): Bytes {
  const [version, contentInfo, mac] = derChildren(readDer(der))
  const [type, wrapper] = contentInfo ? derChildren(contentInfo) : []
  const [content] = wrapper ? derChildren(wrapper) : []
  if (!version || !type || !content || !mac) throw new Error('no PFX with a MAC')
  const pieces: Bytes[] = []
  for (let at = 0; at < content.content.length; at += 100)
    pieces.push(writeDer(0x04, content.content.subarray(at, at + 100)))
  const open = (tag: number, ...parts: Uint8Array[]) =>
    concatBytes(Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0))
  return open(0x30, version.octets, open(0x30, type.octets, open(0xa0, open(0x24, ...pieces))), mac.octets)
}

/** The same PFX under PBMAC1 (RFC 9579), made with WebCrypto alone. */
async function withPbmac1(der: Bytes, passphrase: string, keyLength: number | undefined): Promise<Bytes> {
  const [version, contentInfo] = derChildren(readDer(der))
  const [, wrapper] = contentInfo ? derChildren(contentInfo) : []
  const [content] = wrapper ? derChildren(wrapper) : []
  if (!version || !contentInfo || !content) throw new Error('no PFX')
  const salt = Uint8Array.from({ length: 8 }, (_, i) => i)
  const secret = await crypto.subtle.importKey('raw', utf8(passphrase), 'PBKDF2', false, ['deriveBits'])
  const bits = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 2048 }
  const raw = await crypto.subtle.deriveBits(bits, secret, 8 * (keyLength ?? 32))
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-512' }, false, ['sign'])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, new Uint8Array(content.content)))
  const hmacWith = (arc: number) =>
    writeDerSequence(writeDerObjectIdentifier(`1.2.840.113549.2.${arc}`), writeDerNull())
  const length = keyLength === undefined ? [] : [writeDerUnsignedInteger(Uint8Array.of(keyLength))]
  const parameters = writeDerSequence(
    writeDer(0x04, salt),
    writeDerUnsignedInteger(Uint8Array.of(8, 0)),
    ...length,
    hmacWith(9),
  )
  const kdf = writeDerSequence(writeDerObjectIdentifier('1.2.840.113549.1.5.12'), parameters)
  const algorithm = writeDerSequence(
    writeDerObjectIdentifier('1.2.840.113549.1.5.14'),
    writeDerSequence(kdf, hmacWith(11)),
  )
  const macData = writeDerSequence(
    writeDerSequence(algorithm, writeDer(0x04, mac)),
    writeDer(0x04, utf8('NOT USED')),
    writeDerUnsignedInteger(Uint8Array.of(1)),
  )
  return writeDerSequence(version.octets, contentInfo.octets, macData)
}

function safesOf(der: Bytes): Uint8Array[] {
  const [, contentInfo] = derChildren(readDer(der))
  const [, wrapper] = derChildren(contentInfo ?? readDer(der))
  const [content] = derChildren(wrapper ?? readDer(der))
  return derChildren(readDer(content?.content ?? der)).map(({ octets }) => octets)
}

const data = (...children: readonly Uint8Array[]): Bytes =>
  writeDerSequence(
    writeDerObjectIdentifier('1.2.840.113549.1.7.1'),
    writeDer(0xa0, writeDer(0x04, writeDerSequence(...children))),
  )

const withoutMac = (...safes: readonly Uint8Array[]): Bytes =>
  writeDerSequence(writeDerUnsignedInteger(Uint8Array.of(3)), data(...safes))

/** The safes of several files in one without a MAC, as a merging tool leaves them: each under its own passphrase. */
const merged = (...files: readonly Bytes[]): Bytes => withoutMac(...files.flatMap(safesOf))

/** A safe in the clear of as many bags of certificates; what they hold is not looked at. */
function certificates(count: number): Bytes {
  const content = writeDer(0xa0, writeDerSequence())
  const bag = writeDerSequence(writeDerObjectIdentifier('1.2.840.113549.1.12.10.1.3'), content)
  return data(...Array.from({ length: count }, () => bag))
}

const usual = await corpusFile('openssl-p-256.p12')
const passphrase = usual.passphrase ?? ''

describe('a PKCS#12 file', () => {
  it('is recognised by its content, in DER and BER', () => {
    expect(looksLikePkcs12(usual.bytes)).toBe(true)
    expect(looksLikePkcs12(inPieces(usual.bytes))).toBe(true)
    expect(looksLikePkcs12(Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x03))).toBe(false)
  })

  it('opens in BER, its content in pieces', async () => {
    expect(await valuesOf(inPieces(usual.bytes), passphrase)).toEqual(usual.keys)
  })

  it('opens under PBMAC1, and is refused where that is changed or its key’s length is missing or short', async () => {
    expect(await valuesOf(await withPbmac1(usual.bytes, passphrase, 32), passphrase)).toEqual(usual.keys)
    await expect(valuesOf(await withPbmac1(usual.bytes, 'another', 32), passphrase)).rejects.toMatchObject({
      code: 'wrong-passphrase',
    })
    for (const length of [undefined, 19])
      await expect(valuesOf(await withPbmac1(usual.bytes, passphrase, length), passphrase)).rejects.toMatchObject({
        code: 'damaged',
      })
  })

  it('asks for a passphrase, and says which protection waits for it', async () => {
    expect(await readPkcs12(usual.bytes)).toEqual({
      result: 'passphrase-needed',
      cipher: 'AES-256-CBC',
      kdf: 'PBKDF2, HMAC-SHA-256, 2048 iterations',
    })
  })

  it.each([
    'openssl-passphrase-empty.p12',
    'openssl-legacy-passphrase-empty.p12',
    'openssl-no-mac-nothing-encrypted.p12',
  ])('asks for none where none is needed: %s', async (file) => {
    expect(await readPkcs12((await corpusFile(file)).bytes)).toMatchObject({ result: 'keys', keys: [{}] })
  })

  it('is wrong under another passphrase', async () => {
    await expect(valuesOf(usual.bytes, `${passphrase} `)).rejects.toMatchObject({ code: 'wrong-passphrase' })
  })

  it('says what its keys are called, that it has no MAC, and that its encryption is of another time', async () => {
    const several = await corpusFile('keytool-several.p12')
    const read = await readPkcs12(several.bytes, { passphrase: utf8(several.passphrase ?? '') })
    expect(read).toMatchObject({ keys: [{ name: 'rsa-2048' }, { name: 'p-256' }, { name: 'p-384' }] })
    const old = await readPkcs12((await corpusFile('openssl-legacy-p-256.p12')).bytes, { passphrase: utf8(passphrase) })
    expect(old).toMatchObject({ keys: [{ warnings: ['weak-file-protection'], whole: true }] })
    const bare = await readPkcs12((await corpusFile('openssl-no-mac-ascii.p12')).bytes, {
      passphrase: utf8(passphrase),
    })
    expect(bare).toMatchObject({ keys: [{ warnings: ['no-integrity-check'], whole: false }] })
  })

  it('says that it holds what this passphrase does not open, or what is not read, beside the keys it gives', async () => {
    const [ascii, latin, safe] = await Promise.all(
      ['openssl-no-mac-ascii.p12', 'openssl-passphrase-latin.p12', 'openssl-no-mac-nothing-encrypted.p12'].map(
        corpusFile,
      ),
    )
    if (!ascii || !latin || !safe) throw new Error('no such files')
    const options = { passphrase: utf8(ascii.passphrase ?? '') }
    // Of the other file both safes are left out: that of the certificates, which can't be told from one of keys, and the key.
    const two = await readKeyFile(merged(latin.bytes, ascii.bytes), options)
    expect(two).toMatchObject({ result: 'keys', keys: [{}], leftOut: ['wrong-passphrase', 'wrong-passphrase'] })
    const open = await readKeyFile(merged(safe.bytes, latin.bytes), options)
    expect(open).toMatchObject({ result: 'keys', keys: [{}], leftOut: ['wrong-passphrase', 'wrong-passphrase'] })
    const whole = await readKeyFile(ascii.bytes, options)
    expect(whole).toMatchObject({ result: 'keys', keys: [{}] })
    expect(whole).not.toHaveProperty('leftOut')
    const mixed = await corpusFile('keytool-left-out.p12')
    const read = await readPkcs12(mixed.bytes, { passphrase: utf8(mixed.passphrase ?? '') })
    expect(read).toMatchObject({ leftOut: [{ code: 'edwards-curve' }, { code: 'unsupported-algorithm' }] })
  })

  it('may not ask for more work in all than four derivations at the limit', async () => {
    const limits = { ...KDF_LIMITS, pbkdf2Iterations: 2048 }
    const several = await corpusFile('openssl-chain.p12')
    expect(await readPkcs12(several.bytes, { passphrase: utf8(passphrase), limits })).toMatchObject({ result: 'keys' })
    // Its MAC, its three keys, its certificates: each at the limit, and so one too many.
    const java = await corpusFile('keytool-several.p12')
    const passphraseOfJava = utf8(java.passphrase ?? '')
    const read = await readPkcs12(java.bytes, {
      passphrase: passphraseOfJava,
      limits: { ...limits, pbkdf2Iterations: 1000 },
    })
    expect(read).toMatchObject({
      keys: [{}, {}, {}],
      leftOut: [{ code: 'kdf-beyond-limits', detail: expect.stringContaining('sum') }],
    })
    const one = readPkcs12(java.bytes, { passphrase: passphraseOfJava, limits: { ...limits, pbkdf2Iterations: 999 } })
    await expect(one).rejects.toMatchObject({ code: 'kdf-beyond-limits' })
  })

  it('derives a key and its IV by two derivations, where the file’s protection is PKCS#12’s own', async () => {
    const old = await corpusFile('openssl-legacy-p-256.p12')
    const opened = (pbkdf2Iterations: number) =>
      readPkcs12(old.bytes, { passphrase: utf8(passphrase), limits: { ...KDF_LIMITS, pbkdf2Iterations } })
    // 2048 each: the MAC’s, two for the certificates, and two for the key.
    expect(await opened((5 * 2048) / 4)).toMatchObject({ result: 'keys' })
    await expect(opened((5 * 2048) / 4 - 1)).rejects.toMatchObject({ code: 'kdf-beyond-limits' })
  })

  it('of more certificates than are read is too large, not damaged; a key beside them is found', async () => {
    const { bytes } = await corpusFile('openssl-no-mac-nothing-encrypted.p12')
    expect(await readKeyFile(withoutMac(certificates(256), ...safesOf(bytes)))).not.toHaveProperty('leftOut')
    const many = withoutMac(certificates(257), ...safesOf(bytes))
    expect(await readKeyFile(many, { passphrase: utf8('') })).toMatchObject({ keys: [{}], leftOut: ['too-large'] })
    expect(await readKeyFile(withoutMac(certificates(257)), { passphrase: utf8('') })).toMatchObject({
      code: 'too-large',
      remedy: expect.stringContaining('over 256'),
    })
  })

  it('with a MAC is refused after any flipped byte, or gives the same key', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(usual.bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = new Uint8Array(usual.bytes)
        bytes[at] = (bytes[at] ?? 0) ^ flip
        await expectRefusedOr(usual.keys, bytes)
      }),
      { numRuns: 300 },
    )
  })

  it('cut off anywhere is refused', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(usual.bytes.length - 1), (length) => expectRefusedOr([], usual.bytes.slice(0, length))),
      { numRuns: 100 },
    )
  })
})

/** Small limits: a flipped iteration count may ask for hours, and what is asked for within them is done. */
async function expectRefusedOr(keys: unknown, bytes: Uint8Array): Promise<void> {
  const limits = { ...KDF_LIMITS, pbkdf2Iterations: 100_000 }
  try {
    const read = await readPkcs12(bytes, { passphrase: utf8(passphrase), limits })
    if (read.result !== 'keys') throw new Error(read.result)
    const found = await Promise.all(read.keys.map((key) => foundKey(key.numbers, key)))
    expect(found.map(({ thumbprints }) => thumbprints.spkiSha256)).toEqual(keys)
  } catch (error) {
    if (!(error instanceof KeyFileRefused)) throw error
  }
}
