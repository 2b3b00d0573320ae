import type { SentBody } from './sent'

/** A body as text or bytes, or a promise of them; null: there is none; undefined: it can't be seen. */
type Readable = Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>> | null | undefined

/** The bytes that a body will send. Copied at once: what the caller changes afterwards is not what was sent. */
export function bytesOf(body: unknown): Readable {
  if (body === null || body === undefined) return null
  if (typeof body === 'string') return new TextEncoder().encode(body)
  if (body instanceof URLSearchParams) return new TextEncoder().encode(body.toString())
  if (body instanceof ArrayBuffer) return new Uint8Array(body.slice(0))
  if (ArrayBuffer.isView(body)) return new Uint8Array(new Uint8Array(body.buffer, body.byteOffset, body.byteLength))
  if (body instanceof Blob) return body.arrayBuffer().then((buffer) => new Uint8Array(buffer))
  return undefined
}

const PASSWORD = ['"password"', 'password='].map((text) => new TextEncoder().encode(text))

/** In the bytes themselves, whatever the case of their letters: a body as a string could not be filled with zeros. */
function holds(bytes: Uint8Array, text: Uint8Array): boolean {
  const last = bytes.length - text.length
  for (let start = 0; start <= last; start += 1) {
    if (text.every((code, index) => lowerCase(bytes[start + index] ?? 0) === code)) return true
  }
  return false
}

const lowerCase = (code: number) => (code >= 0x41 && code <= 0x5a ? code + 0x20 : code)

/** Size and SHA-256 of what was sent. */
export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<SentBody> {
  if (PASSWORD.some((text) => holds(bytes, text))) return { state: 'withheld', bytes: bytes.length }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return { state: 'seen', bytes: bytes.length, sha256 }
}
