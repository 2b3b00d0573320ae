import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeBase64, encodeBase64Url } from './base64'
import { asWrappedKey } from './bytes'
import { encodeHex } from './hex'
import { parseTransferBlob, serialiseTransferBlob } from './transfer-blob'

const kid = 'https://kv.vault.azure.net/keys/kek/0123456789abcdef0123456789abcdef'
const utf8 = (text: string) => new TextEncoder().encode(text)
const ciphertext = asWrappedKey(Uint8Array.from({ length: 410 }, (_, i) => (i * 151) & 0xff))
const good = serialiseTransferBlob({ kid, ciphertext, generator: 'test' })
const text = new TextDecoder().decode(good)

function accepted(bytes: Uint8Array) {
  const parsed = parseTransferBlob(bytes)
  if (!parsed.ok) throw new Error(parsed.code)
  return parsed
}

function refused(bytes: Uint8Array) {
  const parsed = parseTransferBlob(bytes)
  if (parsed.ok) throw new Error('accepted')
  return parsed
}

describe('a transfer blob', () => {
  it('is read as it was written, byte for byte', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 600 }),
        fc.string({ unit: 'binary' }),
        (bytes, generator) => {
          const wrapped = asWrappedKey(new Uint8Array(bytes))
          const file = serialiseTransferBlob({ kid, ciphertext: wrapped, generator })
          const { blob, changes, normalisedBytes } = accepted(file)
          expect(encodeHex(blob.ciphertext)).toBe(encodeHex(wrapped))
          expect(blob).toMatchObject({
            kid,
            generator,
            schemaVersion: '1.0.0',
            unknownMembers: 0,
          })
          expect(changes).toEqual([])
          expect(encodeHex(normalisedBytes)).toBe(encodeHex(file))
        },
      ),
    )
  })

  it('may be laid out in any order and with any blanks, and is then sent as it is', () => {
    const pretty = utf8(
      `\r\n${JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse()), null, 2)}\n`,
    )
    const { changes, normalisedBytes } = accepted(pretty)
    expect(changes).toEqual([])
    expect(encodeHex(normalisedBytes)).toBe(encodeHex(pretty))
  })

  it.each([
    ['a byte-order mark', `\uFEFF${text}`, ['byte-order-mark']],
    ['single quotes', text.replaceAll('"', "'"), ['single-quotes']],
    [
      'standard base64',
      text.replace(/"ciphertext":"[^"]*"/, `"ciphertext":"${encodeBase64(ciphertext)}"`),
      ['ciphertext-padding', 'ciphertext-standard-alphabet'],
    ],
    ['lines', text.replace(/"ciphertext":"(.{40})/, '"ciphertext":"$1\\r\\n'), ['ciphertext-whitespace']],
    [
      'all at once',
      `\uFEFF${text.replace(/"ciphertext":"[^"]*"/, `"ciphertext":"${encodeBase64(ciphertext)}\\n"`).replaceAll('"', "'")}`,
      [
        'byte-order-mark',
        'single-quotes',
        'ciphertext-whitespace',
        'ciphertext-padding',
        'ciphertext-standard-alphabet',
      ],
    ],
  ])('with %s is mended to the same blob, and says so', (_, given, expected) => {
    const { changes, normalisedBytes, blob } = accepted(utf8(given))
    expect(changes).toEqual(expected)
    expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(normalisedBytes)).toBe(text)
    expect(encodeHex(blob.ciphertext)).toBe(encodeHex(ciphertext))
    expect(accepted(normalisedBytes).changes).toEqual([])
  })

  it('keeps what it does not know when it is mended, and counts it', () => {
    const given = `\uFEFF${text.slice(0, -1)},"note":{"a":[1,true,null,"x"]}}`
    const { blob, normalisedBytes } = accepted(utf8(given))
    expect(blob.unknownMembers).toBe(1)
    expect(JSON.parse(new TextDecoder().decode(normalisedBytes))).toMatchObject({ note: { a: [1, true, null, 'x'] } })
  })

  it('has no member by inheritance', () => {
    const given = '{"__proto__":{"header":{"kid":"x"},"ciphertext":"AAAA"}}'
    expect(refused(utf8(given)).code).toBe('header-missing')
  })

  it('is refused when a member occurs twice, however it is spelt', () => {
    const given = text.replace('"kid"', '"\\u006bid":"https://evil","kid"')
    expect(refused(utf8(given))).toMatchObject({ code: 'duplicate-member', facts: { member: 'kid' } })
    const hidden = `${text.slice(0, -1)},"private value":1,"private value":2}`
    expect(JSON.stringify(refused(utf8(hidden)))).not.toContain('private value')
  })

  it('in disguise is named for what it is', () => {
    const once = encodeBase64(good)
    expect(refused(utf8(once)).code).toBe('base64-of-json')
    expect(refused(utf8(once.replace(/(.{64})/g, '$1\n'))).code).toBe('base64-of-json')
    expect(refused(utf8(encodeBase64Url(good))).code).toBe('base64-of-json')
    expect(refused(utf8(encodeBase64(utf8(once)))).code).toBe('base64-twice')
    expect(refused(utf8(JSON.stringify({ key: { kty: 'RSA-HSM', key_hsm: once } }))).code).toBe('http-body')
    expect(refused(ciphertext).code).toBe('raw-binary')
    expect(refused(utf8('{"Hsm":false,"key":{"kty":"RSA-HSM","key_hsm":"AAAA"}}')).code).toBe('http-body')
  })

  it.each([
    ['blanks', ' '.repeat(65_000)],
    ['blanks and a letter', `${' '.repeat(65_000)}x`],
    ['openings', '{"a":'.repeat(13_000)],
    ['quotes', `"${'\\"'.repeat(32_000)}`],
    ['beginnings', '-----BEGIN '.repeat(5_900)],
    ['dots', '.'.repeat(65_000)],
    ['letters and a dot', `${'a'.repeat(65_000)}.`],
    ['base64 of base64', 'QUFB'.repeat(16_000)],
  ])('is told apart quickly from a file full of %s', (_, given) => {
    const start = performance.now()
    expect(refused(utf8(given)).code).toBeTypeOf('string')
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('is never guessed from hostile bytes: every answer is typed, and mending is stable', () => {
    const settle = (bytes: Uint8Array) => {
      const parsed = parseTransferBlob(bytes)
      if (!parsed.ok) return expect(parsed.code).toBeTypeOf('string')
      const again = accepted(parsed.normalisedBytes)
      expect(again.changes).toEqual([])
      expect(again.blob).toEqual(parsed.blob)
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void settle(bytes)),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (given) => void settle(utf8(given))),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(fc.json(), (given) => void settle(utf8(given))),
      { numRuns: 500 },
    )
    const edit = fc.record({ at: fc.nat(good.length), drop: fc.nat(3), put: fc.string({ maxLength: 3 }) })
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        settle(utf8(edits.reduce((now, { at, drop, put }) => now.slice(0, at) + put + now.slice(at + drop), text)))
      }),
      { numRuns: 1000 },
    )
  })
})
