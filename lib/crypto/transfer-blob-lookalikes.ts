import { decodeBase64Lenient } from './base64'
import type { Bytes } from './bytes'

/** What people hand in instead of a transfer blob, by mistake or by a tool's habit. */
export type ForeignContent =
  | 'utf-16'
  | 'raw-binary'
  | 'base64-of-json'
  | 'base64-twice'
  | 'base64-of-binary'
  | 'http-body'
  | 'compact-jwe'
  | 'pem-private-key'
  | 'pem'

/** Content that is recognisable before decoding it as text. */
export function recogniseForeignBytes(bytes: Uint8Array): ForeignContent | undefined {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'utf-16'
  if (!bytes.includes(0)) return undefined
  const asciiWithZeros = (first === 0 && second === 0x7b) || (first === 0x7b && second === 0)
  return asciiWithZeros ? 'utf-16' : 'raw-binary'
}

/** Text that is no JSON but something known. Undefined: try JSON. */
export function recogniseForeignText(text: string): ForeignContent | undefined {
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) return 'pem-private-key'
  if (text.includes('-----BEGIN ')) return 'pem'
  if (/^\s*(?:(?:PUT|POST) \S|HTTP\/\d)/.test(text)) return 'http-body'
  if (/^\s*[\w-]+(?:\.[\w-]*){4}\s*$/.test(text)) return 'compact-jwe'
  const decoded = decodeWhole(text)
  if (decoded === undefined) return undefined
  const inner = asText(decoded)
  if (inner === undefined) return 'base64-of-binary'
  if (/^\s*\{/.test(inner)) return 'base64-of-json'
  const innermost = asText(decodeWhole(inner) ?? new Uint8Array())
  return innermost !== undefined && /^\s*\{/.test(innermost) ? 'base64-twice' : 'base64-of-binary'
}

/** The bytes of a text that is base64 as a whole; shorter than 16 characters it could be any word. */
function decodeWhole(text: string): Bytes | undefined {
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  if (trimmed.length < 16) return undefined
  try {
    return decodeBase64Lenient(trimmed).bytes
  } catch {
    // Not base64 is an answer here.
    return undefined
  }
}

function asText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not UTF-8 is an answer here.
    return undefined
  }
}
