import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { berToDer } from './ber'
import { concatBytes } from './bytes'
import { writeDer } from './der-writer'

/** One value, as DER and as some BER of it. */
interface Both {
  der: Uint8Array
  ber: Uint8Array
}

const end = Uint8Array.of(0, 0)
const longLength = (content: Uint8Array) => Uint8Array.of(0x84, 0, 0, content.length >> 8, content.length & 0xff)
const withLongLength = (tag: number, content: Uint8Array) =>
  concatBytes(Uint8Array.of(tag), longLength(content), content)
const indefinite = (tag: number, ...parts: Uint8Array[]) => concatBytes(Uint8Array.of(tag, 0x80), ...parts, end)

const octets = fc
  .tuple(fc.uint8Array({ maxLength: 40 }), fc.constantFrom('definite', 'long', 'pieces', 'nested'))
  .map(([content, how]): Both => {
    const der = writeDer(0x04, content)
    if (how === 'definite') return { der, ber: der }
    if (how === 'long') return { der, ber: withLongLength(0x04, content) }
    const half = content.length >> 1
    const pieces = [writeDer(0x04, content.subarray(0, half)), withLongLength(0x04, content.subarray(half))]
    if (how === 'pieces') return { der, ber: indefinite(0x24, ...pieces) }
    return { der, ber: writeDer(0x24, indefinite(0x24, ...pieces), writeDer(0x04)) }
  })

const { value } = fc.letrec<{ value: Both; sequence: Both }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, octets, tie('sequence')),
  sequence: fc
    .tuple(fc.array(tie('value'), { maxLength: 4 }), fc.constantFrom(0x30, 0xa0), fc.boolean())
    .map(([children, tag, open]) => ({
      der: writeDer(tag, ...children.map(({ der }) => der)),
      ber: (open ? indefinite : writeDer)(tag, ...children.map(({ ber }) => ber)),
    })),
}))

describe('BER', () => {
  it('becomes the DER of the same value, whatever lengths and pieces it was written in', () => {
    fc.assert(
      fc.property(value, ({ der, ber }) => {
        expect(berToDer(ber)).toEqual(der)
      }),
    )
  })

  it('is refused or read, whatever the bytes are, and never crashes', () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.nat(255), ({ ber }, at, flip) => {
        const bytes = new Uint8Array(ber)
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip
        try {
          expect(berToDer(bytes).length).toBeLessThanOrEqual(bytes.length)
        } catch (error) {
          expect(error).toMatchObject({ code: 'der-invalid' })
        }
      }),
    )
  })

  it.each([
    ['nothing', []],
    ['no length', [0x30]],
    ['an end without a beginning', [0x00, 0x00]],
    ['an end inside a definite length', [0x30, 0x02, 0x00, 0x00]],
    ['a missing end', [0x30, 0x80, 0x02, 0x01, 0x03]],
    ['bytes after the end', [0x30, 0x80, 0x00, 0x00, 0x00]],
    ['an indefinite length of a whole string', [0x04, 0x80, 0x00, 0x00]],
    ['a length beyond the bytes', [0x30, 0x84, 0x7f, 0xff, 0xff, 0xff]],
    ['a length of many octets', [0x30, 0xff, ...new Array(127).fill(0xff)]],
    ['pieces of another type', [0x24, 0x03, 0x02, 0x01, 0x03]],
    ['a high tag number', [0x1f, 0x81, 0x01, 0x00]],
    ['a hundred levels', [...new Array(100).fill([0x30, 0x80]).flat(), ...new Array(200).fill(0)]],
    ['a hundred thousand elements', [0x30, 0x80, ...new Array(100_000).fill([0x05, 0x00]).flat(), 0, 0]],
  ])('refuses %s', (_, octetList) => {
    expect(() => berToDer(Uint8Array.from(octetList))).toThrow(expect.objectContaining({ code: 'der-invalid' }))
  })
})
