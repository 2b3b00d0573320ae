import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, decodeBase64Lenient, decodeBase64Url, encodeBase64, encodeBase64Url } from './base64'
import { equalBytes } from './bytes'
import { CryptoError, type CryptoErrorCode } from './crypto-error'
import { type DerElement, derChildren, derObjectIdentifier, derUnsignedInteger, readDer } from './der-reader'
import { writeDer, writeDerObjectIdentifier, writeDerSequence, writeDerUnsignedInteger } from './der-writer'
import { decodeHex, encodeHex } from './hex'
import { readPem, writePem } from './pem'
import { JsonError, parseStrictJson, writeJson } from './strict-json'

const bytes = fc.uint8Array({ maxLength: 300 })
const refusedWith = (code: CryptoErrorCode) => expect.objectContaining({ code })

/** Runs a reader on hostile input: it may refuse, but only in its own words. */
function onlyTyped(read: () => unknown): void {
  try {
    read()
  } catch (cause) {
    expect(cause).toBeInstanceOf(CryptoError)
  }
}

describe('base64 and hexadecimal', () => {
  it('agree with the platform’s, and come back', () => {
    fc.assert(
      fc.property(bytes, (input) => {
        const theirs = btoa(String.fromCharCode(...input))
        expect(encodeBase64(input)).toBe(theirs)
        expect(encodeBase64Url(input)).toBe(theirs.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))
        expect(encodeHex(input)).toBe(Array.from(input, (byte) => byte.toString(16).padStart(2, '0')).join(''))
        for (const back of [
          decodeBase64(encodeBase64(input)),
          decodeBase64Url(encodeBase64Url(input)),
          decodeHex(encodeHex(input).toUpperCase()),
        ]) {
          expect(equalBytes(back, input)).toBe(true)
        }
        expect(equalBytes(decodeBase64Lenient(encodeBase64(input)).bytes, input)).toBe(true)
      }),
    )
  })

  it.each(['A', 'AAAAA', 'AB', 'AAB', 'AA==', 'A+AA', 'AA A', 'AÄAA', 'A\u0000AA'])(
    'refuse as base64url what is not exactly that: %j',
    (text) => {
      expect(() => decodeBase64Url(text)).toThrow(refusedWith('base64-invalid'))
    },
  )

  it.each(['AA', 'AA=', 'AA===', 'A===', '=', 'AA==AA==', 'A-_A', '-+AA', 'AB=='])(
    'refuse as standard base64 what is not exactly that: %j',
    (text) => {
      expect(() => decodeBase64(text)).toThrow(refusedWith('base64-invalid'))
    },
  )

  it('refuse hexadecimal of odd length or with other characters', () => {
    for (const text of ['a', '0g', ' 00', '0x00']) expect(() => decodeHex(text)).toThrow(refusedWith('hex-invalid'))
  })
})

describe('DER', () => {
  it('integers and object identifiers come back', () => {
    fc.assert(
      fc.property(bytes, (magnitude) => {
        const read = derUnsignedInteger(readDer(writeDerUnsignedInteger(magnitude)))
        expect(BigInt(`0x0${encodeHex(read)}`)).toBe(BigInt(`0x0${encodeHex(magnitude)}`))
      }),
    )
    const oid = fc.tuple(
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 0, max: 39 }),
      fc.array(fc.nat(), { maxLength: 8 }),
    )
    fc.assert(
      fc.property(oid, ([root, second, rest]) => {
        const dotted = [root, second, ...rest].join('.')
        expect(derObjectIdentifier(readDer(writeDerObjectIdentifier(dotted)))).toBe(dotted)
      }),
    )
  })

  it('elements of every length come back', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_000]) {
      expect(readDer(writeDer(4, new Uint8Array(length))).content.length).toBe(length)
    }
  })

  it.each([
    ['nothing', ''],
    ['no length', '30'],
    ['indefinite length', '30800000'],
    ['length of one octet too many', '308103020100'],
    ['length with a leading zero', '30820003020100'],
    ['length beyond the end', '3004020100'],
    ['four octets of length', '308400000000'],
    ['octets behind it', '300000'],
    ['a tag number above 30', '1f8100'],
  ])('is refused with %s', (_, hex) => {
    expect(() => readDer(decodeHex(hex))).toThrow(refusedWith('der-invalid'))
  })

  it.each(['020101ff', '0200', '020180', '02020001', '0603800101', '060181'])(
    'numbers are read in one way only: %s',
    (hex) => {
      onlyTyped(() => readDer(decodeHex(hex)))
      expect(() => {
        const element = readDer(decodeHex(hex))
        return element.tag === 2 ? derUnsignedInteger(element) : derObjectIdentifier(element)
      }).toThrow(refusedWith('der-invalid'))
    },
  )

  it('is bounded in depth and in children', () => {
    let nested = writeDerSequence()
    for (let i = 0; i < 40; i++) nested = writeDerSequence(nested)
    const descend = (element: DerElement): void => derChildren(element).forEach(descend)
    expect(() => descend(readDer(nested))).toThrow(refusedWith('der-invalid'))
    const wide = writeDerSequence(...Array.from({ length: 300 }, () => Uint8Array.of(5, 0)))
    expect(() => derChildren(readDer(wide))).toThrow(refusedWith('der-too-wide'))
  })

  it('never crashes on hostile bytes', () => {
    const descend = (element: DerElement): void => {
      if (element.tag & 0x20) derChildren(element).forEach(descend)
    }
    fc.assert(
      fc.property(bytes, (input) => onlyTyped(() => descend(readDer(input)))),
      { numRuns: 1000 },
    )
  })
})

describe('PEM', () => {
  it('comes back, also through CRLF, blanks and text around it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (input) => {
        const pem = writePem('PUBLIC KEY', input)
        for (const text of [
          pem,
          pem.replaceAll('\n', '\r\n'),
          `\uFEFFBag Attributes\n${pem}trailing`,
          pem.replaceAll('\n', ' \n'),
        ]) {
          const { label, bytes: read } = readPem(text)
          expect(label).toBe('PUBLIC KEY')
          expect(equalBytes(read, input)).toBe(true)
        }
      }),
    )
  })

  it.each([
    '',
    '-----BEGIN PUBLIC KEY-----\nAAAA\n',
    '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PRIVATE KEY-----\n',
    '-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n',
    '-----BEGIN PUBLIC KEY-----\nAA AA\n-----END PUBLIC KEY-----\n',
    '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n',
    '-----BEGIN public key-----\nAAAA\n-----END public key-----\n',
    ' -----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY-----',
  ])('is refused unless complete (%#)', (text) => {
    expect(() => readPem(text)).toThrow(refusedWith('pem-invalid'))
  })

  it('never crashes on hostile text', () => {
    const pem = writePem('CERTIFICATE', new Uint8Array(100))
    fc.assert(
      fc.property(fc.string(), (text) => onlyTyped(() => readPem(text))),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.nat(pem.length), fc.string({ maxLength: 4 }), (at, put) =>
        onlyTyped(() => readPem(pem.slice(0, at) + put + pem.slice(at + 2))),
      ),
      { numRuns: 500 },
    )
  })
})

describe('strict JSON', () => {
  /** Maps back to plain values, to compare with the engine's own reading. */
  const plain = (value: unknown): unknown =>
    value instanceof Map
      ? Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]))
      : Array.isArray(value)
        ? value.map(plain)
        : value

  it('reads what JSON.parse reads, and writes it back', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        const value = parseStrictJson(text)
        expect(JSON.stringify(plain(value))).toBe(JSON.stringify(plain(parseStrictJson(writeJson(value)))))
        expect(plain(value)).toEqual(Object.is(JSON.parse(text), -0) ? -0 : JSON.parse(text))
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    '',
    '{',
    '{"a"}',
    '{"a":1,}',
    '[1,]',
    '01',
    '+1',
    '1.',
    '.5',
    'NaN',
    "'a'",
    '"\\x"',
    '"\\u12"',
    '"\t"',
    '// x\n1',
    '1 2',
    '{"a":1 "b":2}',
    '"\\\'"',
  ])('refuses what RFC 8259 does not allow: %j', (text) => {
    expect(() => parseStrictJson(text)).toThrow(JsonError)
  })

  it('accepts and refuses exactly what JSON.parse does, but for doubles and depth', () => {
    const text = fc.stringMatching(/^[[\]{}":,0-9eE+\-.tfnrualse\\ \n]{0,24}$/)
    fc.assert(
      fc.property(text, (given) => {
        const theirs = attempt(() => JSON.parse(given))
        const ours = attempt(() => parseStrictJson(given))
        if (ours === 'json-duplicate-member') return
        expect(ours === 'ok').toBe(theirs === 'ok')
      }),
      { numRuns: 2000 },
    )
  })

  function attempt(read: () => unknown): string {
    try {
      read()
      return 'ok'
    } catch (cause) {
      return cause instanceof JsonError ? cause.code : 'refused'
    }
  }
})
