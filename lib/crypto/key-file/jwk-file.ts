import { JsonError, type JsonObject, type JsonValue, parseStrictJson } from '../strict-json'
import { parseTransferBlob } from '../transfer-blob'
import type { Piece } from './piece'
import { readPrivateJwk } from './private-jwk-reader'
import { KeyFileRefused } from './refusals'

/** More keys than any set that people keep in one file. */
const maximumKeys = 256

/**
 * A JWK, a JWK Set (RFC 7517), or a vault's request body, whose `key` is a JWK. Throws `KeyFileRefused`: `jwk-invalid`,
 * `transfer-blob`, `unsupported-protection` for an encrypted one, or what the JWK is instead of a private key.
 */
export function readJwkFile(bytes: Uint8Array): Piece[] {
  const object = readObject(bytes)
  if (object.has('kty')) return [{ ...readPrivateJwk(object), format: 'jwk' }]
  const [inner, keys] = [object.get('key'), object.get('keys')]
  if (inner instanceof Map && inner.has('kty')) return [{ ...readPrivateJwk(inner), format: 'jwk' }]
  if (Array.isArray(keys)) return readSet(keys)
  if (object.has('header') && object.has('ciphertext')) throw new KeyFileRefused('transfer-blob')
  if (object.has('ciphertext'))
    throw new KeyFileRefused('unsupported-protection', { detail: 'It is an encrypted JWK.' })
  throw new KeyFileRefused('jwk-invalid', { detail: 'It has no “kty”.' })
}

function readObject(bytes: Uint8Array): JsonObject {
  if (parseTransferBlob(bytes).ok) throw new KeyFileRefused('transfer-blob')
  try {
    const value = parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (value instanceof Map) return value
  } catch (cause) {
    throw new KeyFileRefused('jwk-invalid', { detail: whereItStops(cause), cause })
  }
  throw new KeyFileRefused('jwk-invalid', { detail: 'It is no JSON object.' })
}

function whereItStops(cause: unknown): string {
  if (!(cause instanceof JsonError)) return 'It is not UTF-8.'
  const what = cause.code === 'json-invalid' ? 'It stops being JSON' : 'A member is there for the second time'
  return `${what} at character ${cause.position}.`
}

function readSet(keys: JsonValue[]): Piece[] {
  if (keys.length > maximumKeys) throw new KeyFileRefused('too-large', { detail: `It holds ${keys.length} keys.` })
  if (keys.length === 0) throw new KeyFileRefused('no-private-key', { detail: 'It is a set of no keys.' })
  return keys.map((key) => {
    try {
      if (!(key instanceof Map)) throw new KeyFileRefused('jwk-invalid')
      return { ...readPrivateJwk(key), format: 'jwk-set' }
    } catch (cause) {
      if (!(cause instanceof KeyFileRefused)) throw cause
      return { piece: 'refused', refusal: cause }
    }
  })
}
