import { decodeBase64, encodeBase64 } from './base64'
import type { Bytes } from './bytes'
import { CryptoError } from './crypto-error'

/** One PEM block (RFC 7468): its label, as in `BEGIN PUBLIC KEY`, and its bytes. */
export type PemBlock = { label: string; bytes: Bytes }

const beginning = /^-----BEGIN ([A-Z0-9]+(?: [A-Z0-9]+)*)-----$/

/**
 * The first PEM block of a text. CRLF, trailing blanks, a byte-order mark and text before or after the block are
 * accepted, and lines of any length; headers inside the block, a wrong END or broken base64 throw `pem-invalid`.
 */
export function readPem(text: string): PemBlock {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line) => line.trimEnd())
  const first = lines.findIndex((line) => beginning.test(line))
  const label = beginning.exec(lines[first] ?? '')?.[1]
  if (label === undefined) throw new CryptoError('pem-invalid')
  const last = lines.indexOf(`-----END ${label}-----`, first)
  if (last < 0) throw new CryptoError('pem-invalid')
  try {
    const bytes = decodeBase64(lines.slice(first + 1, last).join(''))
    if (bytes.length === 0) throw new CryptoError('pem-invalid')
    return { label, bytes }
  } catch (cause) {
    throw new CryptoError('pem-invalid', { cause })
  }
}

/** A PEM block in lines of 64 characters, ending with a line feed. */
export function writePem(label: string, bytes: Uint8Array): string {
  const lines = encodeBase64(bytes).match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
