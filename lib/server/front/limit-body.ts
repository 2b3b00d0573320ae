import 'server-only'
import type { IncomingMessage } from 'node:http'

/** Actions, files included; next.config.js holds the same figure. */
const ACTION_BYTES = 256 * 1024
/** Sign-in forms and nothing else. */
const AUTH_BYTES = 16 * 1024

/** How many bytes a request may carry. */
export function bodyLimitOf(method: string, path: string): number {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return 0
  return path.startsWith('/api/auth/') ? AUTH_BYTES : ACTION_BYTES
}

/** Whether it announces more than it may carry. */
export function announcesTooMuch({ headers }: IncomingMessage, limit: number): boolean {
  const announced = Number(headers['content-length'] ?? 0)
  return announced > limit || (limit === 0 && headers['transfer-encoding'] !== undefined)
}

/**
 * Counts what arrives, before anybody reads it: past the limit nothing more is kept, `tooMuch` is called once, and whoever
 * reads waits for an end that never comes until the request is destroyed. A length is not always announced.
 */
export function limitBody(req: IncomingMessage, limit: number, tooMuch: () => void): void {
  let left = limit
  const keep = req.push.bind(req)
  req.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (left < 0) return true
    if (chunk === null || !(chunk instanceof Uint8Array)) return keep(chunk, encoding)
    left -= chunk.length
    if (left >= 0) return keep(chunk, encoding)
    tooMuch()
    return true
  }
}
