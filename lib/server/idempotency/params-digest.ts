import 'server-only'
import canonicalize from 'canonicalize'
import { sha256Hex } from '../digest'

/** SHA-256 of a call's parameters in canonical form; a file stands in it by its own digest, never by its bytes. */
export function paramsDigest(input: unknown): string {
  return sha256Hex(canonicalize(withDigests(input)) ?? 'undefined')
}

function withDigests(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: value.length, sha256: sha256Hex(value) }
  if (Array.isArray(value)) return value.map(withDigests)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(members.map(([name, member]) => [name, withDigests(member)]))
}
