import { inspect } from 'node:util'

type Encoding = (bytes: Buffer) => string

/** The ways in which bytes end up in a row or a log line, on purpose or not. */
export const ENCODINGS = {
  base64: (bytes) => bytes.toString('base64'),
  base64url: (bytes) => bytes.toString('base64url'),
  hex: (bytes) => bytes.toString('hex'),
  'upper-case hex': (bytes) => bytes.toString('hex').toUpperCase(),
  'a decimal number': (bytes) => (bytes.length === 0 ? '' : BigInt(`0x${bytes.toString('hex')}`).toString()),
  'a list of numbers': (bytes) => JSON.stringify([...bytes]),
  'a Uint8Array as JSON': (bytes) => JSON.stringify(new Uint8Array(bytes)),
  'a Buffer as Node prints it': (bytes) => inspect(bytes),
} as const satisfies Record<string, Encoding>

/** Quotes of JSON in JSON, line breaks and spacing aside: what is compared with what. */
export const withoutSpacing = (text: string): string => text.replace(/[\s\\]+/g, '')

const SLICE = 40

/** Pieces from beginning, middle and end of each encoding, so that a part of the bytes is found as well. */
export function tracesOf(bytes: Uint8Array): { encoding: string; piece: string }[] {
  return Object.entries(ENCODINGS).flatMap(([encoding, encode]) => {
    const text = withoutSpacing(encode(Buffer.from(bytes)))
    const last = Math.max(0, text.length - SLICE)
    return [0, Math.floor(last / 2), last].map((start) => ({ encoding, piece: text.slice(start, start + SLICE) }))
  })
}

/** The encodings of which a piece is in the text. */
export function encodingsIn(text: string, bytes: Uint8Array): string[] {
  const searched = withoutSpacing(text)
  const found = tracesOf(bytes).filter(({ piece }) => searched.includes(piece))
  return [...new Set(found.map(({ encoding }) => encoding))]
}
