import 'server-only'
import canonicalize from 'canonicalize'
import { sha256Hex } from '@/lib/crypto'

/** SHA-256 of a call's parameters in canonical form; a file stands in it by its own digest, never by its bytes. */
export async function paramsDigest(input: unknown): Promise<string> {
  const text = canonicalize(await withDigests(input)) ?? 'undefined'
  return sha256Hex(new TextEncoder().encode(text))
}

async function withDigests(value: unknown): Promise<unknown> {
  if (value instanceof Uint8Array) return { bytes: value.length, sha256: await sha256Hex(value) }
  if (Array.isArray(value)) return Promise.all(value.map(withDigests))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(await Promise.all(members.map(async ([name, member]) => [name, await withDigests(member)])))
}
