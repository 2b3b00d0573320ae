import { describe, expect, it } from 'vitest'
import { asWrappedKey, parseTransferBlob, serialiseTransferBlob } from '@/lib/crypto'
import { mapMembers } from './blob-map'
import { readCiphertextLength } from './ciphertext-map'

const kid = 'https://contoso.vault.azure.net/keys/kek/0123456789abcdef0123456789abcdef'
const good = serialiseTransferBlob({ kid, ciphertext: asWrappedKey(new Uint8Array(536)), generator: 'Ein Schlüssel' })

function mapped(bytes: Uint8Array) {
  const parsed = parseTransferBlob(bytes)
  if (!parsed.ok) throw new Error(parsed.code)
  return mapMembers(bytes, parsed.changes)
}

const cut = (bytes: Uint8Array, { from, to }: { from: number; to: number }) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, to))

describe('the map of a transfer blob’s file', () => {
  it('gives each member the bytes at which its value stands', () => {
    const entries = mapped(good)
    expect(entries.map(({ name }) => name)).toEqual([
      'schema_version',
      'header',
      'header.kid',
      'header.alg',
      'header.enc',
      'ciphertext',
      'generator',
    ])
    const byName = Object.fromEntries(entries.map((entry) => [entry.name, cut(good, entry)]))
    expect(byName).toMatchObject({ schema_version: '"1.0.0"', 'header.kid': `"${kid}"`, generator: '"Ein Schlüssel"' })
  })

  it('counts bytes, not characters: behind a mark and a letter of two bytes', () => {
    const text = `\uFEFF{"note":"ü","header":{"kid":"${kid}"},"ciphertext":"AAAA","generator":"x"}`
    const bytes = new TextEncoder().encode(text)
    const [mark, note, ...rest] = mapped(bytes)
    expect(note && cut(bytes, note)).toBe('"ü"')
    expect(mark).toMatchObject({ name: 'byte-order mark', from: 0, to: 3 })
    expect(note).toMatchObject({ name: 'note', text: null, means: expect.stringContaining('No member') })
    const generator = rest.find(({ name }) => name === 'generator')
    expect(generator && cut(bytes, generator)).toBe('"x"')
  })

  it('reads the single-quoted form too, and shows no long value', () => {
    const text = new TextDecoder().decode(good).replaceAll('"', "'")
    const entries = mapped(new TextEncoder().encode(text))
    expect(entries.find(({ name }) => name === 'header.alg')?.text).toBe("'dir'")
    expect(entries.find(({ name }) => name === 'ciphertext')?.text).toBeNull()
  })
})

describe('the map of a ciphertext', () => {
  it('divides it at the KEK’s modulus', () => {
    const [reading] = readCiphertextLength(384 + 152, 3072)
    expect(reading?.parts).toMatchObject([
      { from: 0, to: 384, name: 'RSA-OAEP block' },
      { from: 384, to: 536, name: 'AES-KWP part', means: expect.stringContaining('length of P-256') },
    ])
  })

  it('knows the KEK’s size where only one makes sense', () => {
    const readings = readCiphertextLength(512 + 2368, null)
    expect(readings.map(({ kekBits, because }) => [kekBits, because])).toEqual([[4096, 'only']])
  })

  it('says that a rest of another length is no key', () => {
    const [short] = readCiphertextLength(384, 3072)
    expect(short?.parts).toMatchObject([{ from: 0, to: 384, name: 'Too short' }])
    const [odd] = readCiphertextLength(384 + 151, 3072)
    expect(odd?.parts[1]?.means).toContain('which no wrapped key has')
  })
})
