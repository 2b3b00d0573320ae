import { describe, expect, it } from 'vitest'
import { encodeHex } from '../hex'
import { fixture } from '../testing/fixture'
import { readKeyFile } from './read-key-file'

const text = (content: string) => new TextEncoder().encode(content)

async function symmetricIn(bytes: Uint8Array) {
  const read = await readKeyFile(bytes)
  if (read.result !== 'keys') return read.result === 'refused' ? read.code : read.result
  return { format: read.format, hex: encodeHex(read.keys[0]?.material ?? new Uint8Array()) }
}

describe('a symmetric key', () => {
  it.each([
    ['aes-16.bin', 16],
    ['aes-16.hex', 16],
    ['aes-16.colons.hex', 16],
    ['aes-16.base64', 16],
    ['aes-24.bin', 24],
    ['aes-24.hex', 24],
    ['aes-24.base64', 24],
    ['aes-32.bin', 32],
    ['aes-32.hex', 32],
    ['aes-32.0x.hex', 32],
    ['aes-32.base64', 32],
    ['aes-32.base64url', 32],
  ])('is read from %s as its %d bytes', async (name, size) => {
    const hex = encodeHex(await fixture(`key-files/aes-${size}.bin`))
    expect(await symmetricIn(await fixture(`key-files/${name}`))).toEqual({ format: 'raw', hex })
  })

  it.each([
    ['hexadecimal of 16 bytes, though also 32 characters', '000102030405060708090a0b0c0d0e0f'],
    ['the same with its line feed', '000102030405060708090A0B0C0D0E0F\n'],
    ['base64 of 16 bytes, though also 24 characters', 'AAECAwQFBgcICQoLDA0ODw=='],
    ['base64url of it with a Windows line end', 'AAECAwQFBgcICQoLDA0ODw\r\n'],
  ])('that could be two things is what a person means: %s', async (_, content) => {
    expect(await symmetricIn(text(content))).toEqual({ format: 'raw', hex: '000102030405060708090a0b0c0d0e0f' })
  })

  it('of other printable characters is taken as it stands, and warned of', async () => {
    const read = await readKeyFile(text('pass-word, 16 ch'))
    expect(read).toMatchObject({
      result: 'keys',
      keys: [{ sizeOrCurve: '128', warnings: expect.arrayContaining(['weak-pattern']) }],
    })
  })

  it.each([
    ['hexadecimal cut short, even of 24 characters', '000102030405060708090a0b'],
    ['hexadecimal of 8 bytes, even of 16 characters', '0123456789012345'],
    ['base64 of 15 bytes', 'AAECAwQFBgcICQoLDA0O'],
    ['a word', 'secret'],
  ])('of no key’s length is refused: %s', async (_, content) => {
    expect(await symmetricIn(text(content))).toBe('symmetric-length')
  })

  it('is not mistaken for a file whose magic its bytes happen to begin with', async () => {
    const magics = ['feedfeed', 'cececece', '301e02', '9905', 'efbbbf', 'fffe', '7b22', '2d2d2d2d2d']
    for (const magic of magics) {
      const hex = magic.padEnd(64, '81')
      const bytes = Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))
      expect(await symmetricIn(bytes)).toEqual({ format: 'raw', hex })
    }
  })

  it('of 20 bytes is no JSON, whatever it begins with', async () => {
    expect(await symmetricIn(Uint8Array.of(0x7b, ...Array(19).fill(0xc1)))).toBe('symmetric-length')
  })
})
