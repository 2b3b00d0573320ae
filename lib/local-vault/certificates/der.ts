// Just enough DER (X.690) to write a certificate; node:crypto reads certificates, but makes none.

const encode = (tag: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.of(tag), lengthOf(content.length), content])

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length)
  return length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff)
}

export const sequence = (...parts: Buffer[]): Buffer => encode(0x30, Buffer.concat(parts))
export const set = (...parts: Buffer[]): Buffer => encode(0x31, Buffer.concat(parts))
export const boolean = (value: boolean): Buffer => encode(0x01, Buffer.of(value ? 0xff : 0))
export const octetString = (content: Buffer): Buffer => encode(0x04, content)
export const bitString = (content: Buffer, unusedBits = 0): Buffer =>
  encode(0x03, Buffer.concat([Buffer.of(unusedBits), content]))
export const utf8String = (text: string): Buffer => encode(0x0c, Buffer.from(text, 'utf8'))
export const nothing = Buffer.of(0x05, 0x00)

/** `[number]` around the content, or in place of its tag. */
export const explicit = (number: number, ...parts: Buffer[]): Buffer => encode(0xa0 | number, Buffer.concat(parts))
export const implicit = (number: number, content: Buffer): Buffer => encode(0x80 | number, content)

/** A non-negative INTEGER: a leading zero keeps the sign bit clear. */
export function integer(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const shortest = first === -1 ? Buffer.of(0) : bytes.subarray(first)
  return encode(0x02, (shortest.at(0) ?? 0) > 0x7f ? Buffer.concat([Buffer.of(0), shortest]) : shortest)
}

export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return encode(0x06, Buffer.from([40 * first + second, ...rest.flatMap(base128)]))
}

function base128(value: number): number[] {
  const low = [value & 0x7f]
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) low.unshift((rest & 0x7f) | 0x80)
  return low
}

/** UTCTime through 2049, GeneralizedTime from 2050 (RFC 5280, section 4.1.2.5). */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '')
  return date.getUTCFullYear() < 2050
    ? encode(0x17, Buffer.from(digits.slice(2), 'ascii'))
    : encode(0x18, Buffer.from(digits, 'ascii'))
}
