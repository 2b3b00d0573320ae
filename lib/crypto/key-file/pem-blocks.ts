import { decodeBase64Octets } from '../base64'
import { type Bytes, wipe } from '../bytes'
import { CryptoError } from '../crypto-error'
import { indexOfText, textOf } from './ascii'
import { KeyFileRefused } from './refusals'

/** One PEM block (RFC 7468, RFC 1421) where it lies in its file. Its content stays in bytes: no string holds a key. */
export interface PemBlock {
  label: string
  /** Names in lower case: `proc-type`, `dek-info`. */
  headers: ReadonlyMap<string, string>
  /** What `openssl pkcs12` writes before a key as "friendlyName". */
  friendlyName?: string
  /** The base64 as it stands, with blanks. */
  body: Uint8Array
}

/** More are in no key file that people have; each may cost a key derivation. */
const maximumBlocks = 256
const beginning = '-----BEGIN '
const dashes = '-----'
const longestLabel = 80

/**
 * Every block of a file, in order; text around them is passed over. A block need not begin its line, and may be written in
 * one line, or with `\n` for its line breaks, as settings files have it. Throws `KeyFileRefused`: `damaged` for a block
 * without its end, `too-large` beyond 256 blocks.
 */
export function pemBlocks(bytes: Uint8Array): PemBlock[] {
  const blocks: PemBlock[] = []
  for (let at = 0; ; ) {
    const start = indexOfText(bytes, beginning, at)
    if (start < 0) return blocks
    if (blocks.length === maximumBlocks) throw new KeyFileRefused('too-large')
    const { label, bodyStart } = readLabel(bytes, start + beginning.length)
    const ending = `-----END ${label}-----`
    const end = indexOfText(bytes, ending, bodyStart)
    if (end < 0) throw new KeyFileRefused('damaged', { detail: 'A PEM block has no end.' })
    blocks.push({ label, ...friendlyNameIn(bytes.subarray(at, start)), ...readBody(bytes.subarray(bodyStart, end)) })
    at = end + ending.length
  }
}

function readLabel(bytes: Uint8Array, start: number): { label: string; bodyStart: number } {
  const end = indexOfText(bytes.subarray(0, start + longestLabel + dashes.length), dashes, start)
  const label = end < 0 ? '' : textOf(bytes.subarray(start, end))
  if (!/^[A-Z0-9]+(?: [A-Z0-9]+)*$/.test(label)) throw new KeyFileRefused('damaged', { detail: 'A PEM line is cut.' })
  return { label, bodyStart: end + dashes.length }
}

/** `friendlyName: …` of the last bag attributes before the block. */
function friendlyNameIn(before: Uint8Array): { friendlyName?: string } {
  const text = nameText(lastLines(before))
  const name = [...text.matchAll(/^[ \t]*friendlyName: (.*)$/gm)].at(-1)?.[1]?.trim()
  return name ? { friendlyName: name } : {}
}

/** OpenSSL writes a letter of Latin-1 as one octet, others write UTF-8. */
function nameText(octets: Uint8Array): string {
  const text = new TextDecoder().decode(octets)
  return text.includes('\ufffd') ? textOf(octets) : text
}

/** At most 1024 octets, from a line's start. */
function lastLines(octets: Uint8Array): Uint8Array {
  if (octets.length <= 1024) return octets
  const last = octets.subarray(-1024)
  return last.subarray(last.indexOf(lineFeed) + 1)
}

const colon = 0x3a
const lineFeed = 0x0a
const longestHeader = 256

/** Headers end with the first line that is none and goes on with none (RFC 1421 section 4.4, leniently). */
function readBody(content: Uint8Array): Pick<PemBlock, 'headers' | 'body'> {
  const headers = new Map<string, string>()
  if (!content.includes(colon)) return { headers, body: content }
  let at = 0
  let name: string | undefined
  while (at < content.length) {
    const feed = content.indexOf(lineFeed, at)
    const line = content.subarray(at, feed < 0 ? content.length : feed + 1)
    const header = headerOf(line)
    if (header !== undefined) {
      name = header.name
      headers.set(name, header.value)
    } else if (name !== undefined && isContinuation(line)) {
      headers.set(name, `${headers.get(name)}${textOf(line).trim()}`)
    } else if (line.some((octet) => octet > 0x20)) break
    else if (name !== undefined) {
      at += line.length
      break
    }
    at += line.length
  }
  return { headers, body: content.subarray(at) }
}

function headerOf(line: Uint8Array): { name: string; value: string } | undefined {
  if (line.length > longestHeader || !line.includes(colon)) return undefined
  const text = textOf(line)
  const name = text.slice(0, text.indexOf(':'))
  return /^[A-Za-z0-9-]+$/.test(name)
    ? { name: name.toLowerCase(), value: text.slice(name.length + 1).trim() }
    : undefined
}

const isContinuation = (line: Uint8Array): boolean =>
  (line[0] === 0x20 || line[0] === 0x09) && line.length <= longestHeader && line.some((octet) => octet > 0x20)

/** The bytes of a block; the caller wipes them. Throws `KeyFileRefused`: `damaged`. */
export function decodeBody({ body }: PemBlock): Bytes {
  const digits = withoutWrittenBreaks(body)
  try {
    const bytes = decodeBase64Octets(digits)
    if (bytes.length === 0) throw new KeyFileRefused('damaged', { detail: 'A PEM block is empty.' })
    return bytes
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    throw new KeyFileRefused('damaged', { detail: 'A PEM block’s base64 is broken.', cause })
  } finally {
    wipe(digits)
  }
}

/** `\n` and `\r` as two characters, which base64 has no use for, become blanks. */
function withoutWrittenBreaks(body: Uint8Array): Uint8Array {
  const copy = body.slice()
  for (let at = copy.indexOf(0x5c); at >= 0; at = copy.indexOf(0x5c, at + 1)) {
    if (copy[at + 1] === 0x6e || copy[at + 1] === 0x72) copy.fill(0x20, at, at + 2)
  }
  return copy
}
