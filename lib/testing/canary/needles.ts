/** Something that must be found nowhere: secret bytes, under a name for the report. */
export interface Canary {
  name: string
  bytes: Buffer
}

/** One form of a canary, as bytes to look for. */
export interface Needle {
  canary: string
  form: string
  bytes: Buffer
}

/** Long enough that no chance makes it, short enough that a part of the secret is found as well. */
const SLICE = 16
const TEXT_SLICE = 22

/** Every form in which a secret's bytes may lie in memory, in a row, in a log line or in a request. */
export function needlesOf({ name, bytes }: Canary): Needle[] {
  const forms: Record<string, Buffer[]> = {
    raw: slices(bytes, SLICE),
    // As a big integer keeps them, least significant first.
    reversed: slices(Buffer.from(bytes).reverse(), SLICE),
    hex: texts(bytes.toString('hex')),
    'upper-case hex': texts(bytes.toString('hex').toUpperCase()),
    base64: shifted(bytes).flatMap((text) => texts(text)),
    base64url: shifted(bytes).flatMap((text) => texts(text.replaceAll('+', '-').replaceAll('/', '_'))),
    decimal: texts(BigInt(`0x${bytes.toString('hex')}`).toString()),
    'list of numbers': texts([...bytes].join(',')),
  }
  return Object.entries(forms).flatMap(([form, found]) =>
    found.map((needle) => ({ canary: name, form, bytes: needle })),
  )
}

/** A passphrase: its text in UTF-8, in UTF-16, and encoded. */
export function needlesOfText(name: string, text: string): Needle[] {
  const plain: Needle[] = [
    { canary: name, form: 'UTF-8', bytes: Buffer.from(text) },
    { canary: name, form: 'UTF-16', bytes: Buffer.from(text, 'utf16le') },
  ]
  return [...plain, ...needlesOf({ name, bytes: Buffer.from(text) }).filter(({ form }) => form !== 'raw')]
}

function slices(bytes: Buffer, length: number): Buffer[] {
  const last = Math.max(0, bytes.length - length)
  return [...new Set([0, Math.floor(last / 2), last])].map((start) => bytes.subarray(start, start + length))
}

/** As one-byte and as two-byte text. */
function texts(text: string): Buffer[] {
  const last = Math.max(0, text.length - TEXT_SLICE)
  const parts = [0, Math.floor(last / 2), last].map((start) => text.slice(start, start + TEXT_SLICE))
  return [...new Set(parts)].flatMap((part) => [Buffer.from(part, 'latin1'), Buffer.from(part, 'utf16le')])
}

/** Base64 of something that holds these bytes at any place: three alignments, without what its neighbours decide. */
function shifted(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const whole = bytes.subarray(shift, shift + 3 * Math.floor((bytes.length - shift) / 3))
    return whole.toString('base64')
  })
}
