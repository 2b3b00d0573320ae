import { isForEncryption } from './contradictions'
import { isJsonObject, type JsonObject, memberOf } from './json-object'

/** The public RSA key under which a released key is wrapped; base64url members as in the token. */
export type WrappingKey = { kid: string; n: string; e: string }

/**
 * The first key of `x-ms-runtime.keys` that is RSA, has a kid and is marked for encryption. What stands below
 * `x-ms-isolation-tee` (HCLAkPub, the machine's attestation key) is not looked at, nor is the early claim `aas-ehd`.
 */
export function findWrappingKey(claims: JsonObject): WrappingKey | undefined {
  const runtime = memberOf(claims, 'x-ms-runtime')
  const keys = isJsonObject(runtime) ? memberOf(runtime, 'keys') : undefined
  if (!Array.isArray(keys)) return undefined
  return keys.map(readKey).find((key) => key !== undefined)
}

function readKey(key: unknown): WrappingKey | undefined {
  if (!isJsonObject(key) || key.kty !== 'RSA' || !isForEncryption(key)) return undefined
  const { kid, n, e } = key
  if (!isText(kid) || !isText(n) || !isText(e)) return undefined
  return { kid, n, e }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
