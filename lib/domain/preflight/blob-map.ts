import { jsonPlaces } from '@/lib/crypto/strict-json'
import type { NormalisationChange } from '@/lib/crypto/transfer-blob'

/** A stretch of the file, in bytes, and what it is. */
export interface MapEntry {
  /** First byte, and the one behind the last. */
  from: number
  to: number
  /** As the file has it; null for what is shown by itself, and for members whose content nobody vouches for. */
  text: string | null
  name: string
  means: string
}

const MEANINGS: Record<string, string> = {
  schema_version: 'The format’s version. Azure takes 1.0.0.',
  header: 'Names the KEK and how the key was wrapped.',
  'header.kid': 'The KEK that opens the blob, with its version.',
  'header.alg': 'dir: the header names no algorithm of its own.',
  'header.enc': 'How the key was wrapped: RSA-OAEP of an AES key, then AES key wrap with padding.',
  ciphertext: 'The wrapped key in base64url. Its bytes are mapped below.',
  generator: 'Free text: the tool that made the file. Nobody vouches for it.',
}
const unknown = 'No member of a transfer blob. It would travel to the vault with the rest.'

/** Texts longer than this are shown by their place alone. */
const shownText = 200

/** The members of a readable transfer blob, in the file's order. `bytes` and `changes` are those of `parseTransferBlob`. */
export function mapMembers(bytes: Uint8Array, changes: readonly NormalisationChange[]): MapEntry[] {
  const marked = changes.includes('byte-order-mark')
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const json = marked ? text.slice(1) : text
  const mark = marked ? 3 : 0
  const byteAt = (unit: number) => mark + new TextEncoder().encode(json.slice(0, unit)).length
  const places = jsonPlaces(json, changes.includes('single-quotes') ? 'single' : 'double')
  const members = places.map(({ path, start, end }) => {
    const name = path.join('.')
    const value = json.slice(start, end)
    const means = MEANINGS[name] ?? unknown
    const isShown = name in MEANINGS && name !== 'header' && value.length <= shownText
    return { from: byteAt(start), to: byteAt(end), name, means, text: isShown ? value : null }
  })
  return [...(marked ? [markEntry] : []), ...members].sort((a, b) => a.from - b.from || b.to - a.to)
}

const markEntry: MapEntry = {
  from: 0,
  to: 3,
  text: null,
  name: 'byte-order mark',
  means: 'Says that the text is UTF-8. It does not belong here and is left out of what is sent.',
}
