import { mapMembers } from '@/lib/domain/preflight/blob-map'
import { type CiphertextReading, readCiphertextLength } from '@/lib/domain/preflight/ciphertext-map'
import type { TransferFile } from '@/lib/domain/preflight/input'
import { type Child, el } from '../sealer-page/element'
import { heading, mono, paragraph } from '../sealer-page/parts'

/** A hostile file can have thousands of members. */
const SHOWN_MEMBERS = 100
const SHOWN_BYTES = 16

/** Where each part of the file stands, and of the ciphertext inside it. Of a file that can't be read, how it begins. */
export function blobMap(
  bytes: Uint8Array,
  { parsed, changes, length }: TransferFile,
  kekBits: number | null,
): HTMLElement {
  if (!parsed.ok) {
    const size = `The file has ${length} bytes and can’t be read as a transfer blob, so there is no map of it.`
    return paragraph(`${size} Nothing of what it holds is shown: it could be a key.`)
  }
  const { ciphertext } = parsed.blob
  const readings = readCiphertextLength(ciphertext.length, kekBits)
  const entries = mapMembers(bytes, changes)
  const more = entries.length - SHOWN_MEMBERS
  return el(
    'div',
    {},
    paragraph(`The file has ${length} bytes. Places are counted from 0; the second is the last that belongs to it.`),
    table(
      'Members of the JSON object',
      entries
        .slice(0, SHOWN_MEMBERS)
        .map(({ from, to, name, text, means }) => [
          place(from, to),
          `${to - from}`,
          el('div', {}, mono(name), text === null ? null : el('div', {}, mono(text))),
          means,
        ]),
    ),
    more > 0 && paragraph(`${more} more members are not shown.`),
    heading('h3', `Ciphertext, decoded: ${ciphertext.length} bytes`),
    ...readings.flatMap((reading) => readingView(reading, ciphertext)),
  )
}

function readingView({ kekBits, because, parts }: CiphertextReading, ciphertext: Uint8Array): HTMLElement[] {
  const words = {
    given: `For the given KEK of ${kekBits} bits`,
    only: `For a KEK of ${kekBits} bits, the only size with which the length makes sense`,
    possible: `If the KEK has ${kekBits} bits`,
  }[because]
  const rows = parts.map(({ from, to, name, means }) => [
    place(from, to),
    `${to - from}`,
    el('div', {}, name, el('div', {}, mono(ends(ciphertext.subarray(from, to))))),
    means,
  ])
  return [table(words, rows)]
}

function table(caption: string, rows: readonly (readonly Child[])[]): HTMLElement {
  const head = ['Bytes', 'Length', 'What', 'Meaning']
  return el(
    'div',
    { class: 'wide', tabindex: 0, role: 'region', 'aria-label': caption },
    el(
      'table',
      {},
      el('caption', {}, caption),
      el('thead', {}, el('tr', {}, ...head.map((name) => el('th', { scope: 'col' }, name)))),
      el('tbody', {}, ...rows.map((cells) => el('tr', {}, ...cells.map((cell) => el('td', {}, cell))))),
    ),
  )
}

const place = (from: number, to: number): string => `${from}–${Math.max(from, to - 1)}`
const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')

/** The first bytes, and the last where there are more. */
function ends(bytes: Uint8Array): string {
  if (bytes.length <= SHOWN_BYTES) return hex(bytes)
  return `${hex(bytes.subarray(0, SHOWN_BYTES / 2))} … ${hex(bytes.subarray(-SHOWN_BYTES / 2))}`
}
