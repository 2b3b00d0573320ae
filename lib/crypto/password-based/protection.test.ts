import { describe, expect, it } from 'vitest'
import { readDer } from '../der-reader'
import { writeDer, writeDerObjectIdentifier, writeDerSequence, writeDerUnsignedInteger } from '../der-writer'
import { KDF_LIMITS } from '../key-file/read-result'
import { describeProtection, openEncrypted } from './open-encrypted'

const integer = (value: number) => {
  const hex = value.toString(16)
  return writeDerUnsignedInteger(
    Uint8Array.from((hex.length % 2 ? `0${hex}` : hex).match(/../g) ?? [], (octet) => Number.parseInt(octet, 16)),
  )
}
const salt = (length: number) => writeDer(0x04, new Uint8Array(length))
const aes256 = writeDerSequence(writeDerObjectIdentifier('2.16.840.1.101.3.4.1.42'), salt(16))
const pbes2 = (kdf: string, ...parameters: Uint8Array[]) =>
  readDer(
    writeDerSequence(
      writeDerObjectIdentifier('1.2.840.113549.1.5.13'),
      writeDerSequence(writeDerSequence(writeDerObjectIdentifier(kdf), writeDerSequence(...parameters)), aes256),
    ),
  )
const pbkdf2 = (...parameters: Uint8Array[]) => pbes2('1.2.840.113549.1.5.12', ...parameters)
const scrypt = (N: number, r: number, p: number) =>
  pbes2('1.3.6.1.4.1.11591.4.11', salt(8), integer(N), integer(r), integer(p))

describe('what a file may ask of a key derivation', () => {
  it.each([
    ['the most iterations', pbkdf2(salt(8), integer(10_000_000)), 'PBKDF2, HMAC-SHA-1, 10000000 iterations'],
    ['the most memory of scrypt', scrypt(2 ** 18, 8, 1), 'scrypt, N=262144, r=8, p=1'],
  ])('takes %s', (_, algorithm, kdf) => {
    expect(describeProtection(algorithm)).toMatchObject({ cipher: 'AES-256-CBC', kdf })
  })

  it.each([
    ['one iteration too many', pbkdf2(salt(8), integer(10_000_001)), '10000001'],
    ['iterations beyond all numbers', pbkdf2(salt(8), writeDer(0x02, new Uint8Array(40).fill(0x7f))), '2^48'],
    ['too much memory', scrypt(2 ** 19, 8, 1), '536870912'],
    ['too much work', scrypt(2 ** 14, 8, 129), '16908288'],
    ['memory for its blocks', scrypt(2, 1, 2 ** 22), '536870912'],
    ['an absurd r', scrypt(2, 2 ** 40, 1), 'r=1099511627776'],
  ])('refuses %s, and says the value, before any work', (_, algorithm, value) => {
    expect(() => describeProtection(algorithm)).toThrow(
      expect.objectContaining({ code: 'kdf-beyond-limits', detail: expect.stringContaining(value) }),
    )
  })

  it.each([
    ['no iteration', pbkdf2(salt(8), integer(0))],
    ['a negative count', pbkdf2(salt(8), writeDer(0x02, Uint8Array.of(0xff)))],
    ['an empty count', pbkdf2(salt(8), writeDer(0x02))],
    ['no salt', pbkdf2(salt(0), integer(1000))],
    ['a salt of pages', pbkdf2(salt(1025), integer(1000))],
    ['a key length that is not the cipher’s', pbkdf2(salt(8), integer(1000), integer(16))],
    ['an N that is no power of two', scrypt(1000, 8, 1)],
    ['an N of one', scrypt(1, 8, 1)],
    ['a field too many', pbkdf2(salt(8), integer(1000), integer(32), aes256, aes256)],
  ])('calls %s damaged', (_, algorithm) => {
    expect(() => describeProtection(algorithm)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/damaged|unsupported-protection/) }),
    )
  })

  it('takes limits as parameters', () => {
    const limits = { ...KDF_LIMITS, pbkdf2Iterations: 999 }
    expect(() => describeProtection(pbkdf2(salt(8), integer(1000)), limits)).toThrow(
      expect.objectContaining({ code: 'kdf-beyond-limits' }),
    )
  })
})

describe('a running key derivation', () => {
  const passphrase = new TextEncoder().encode('slow')
  it.each([
    ['PBKDF2', pbkdf2(salt(8), integer(2_000_000))],
    ['scrypt', scrypt(2 ** 16, 8, 8)],
    [
      'PKCS#12',
      readDer(
        writeDerSequence(
          writeDerObjectIdentifier('1.2.840.113549.1.12.1.3'),
          writeDerSequence(salt(8), integer(10_000_000)),
        ),
      ),
    ],
  ])('of %s ends with the signal’s reason', { timeout: 60_000 }, async (_, algorithm) => {
    const [reason, controller] = [new Error('cancelled'), new AbortController()]
    const running = openEncrypted({ algorithm, ciphertext: new Uint8Array(16), passphrase, signal: controller.signal })
    setTimeout(() => controller.abort(reason), 0)
    await expect(running).rejects.toBe(reason)
  })
})
