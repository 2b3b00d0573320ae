import { decodeBase64 } from '@/lib/crypto/base64'
import { spkiOfCertificate } from '@/lib/crypto/certificate'
import { CryptoError } from '@/lib/crypto/crypto-error'
import { type PublicKey, publicKeyFromJwk } from '@/lib/crypto/public-key'
import { readPublicKeyFile } from '@/lib/crypto/public-key-file'
import { encodeSpki, parseSpki } from '@/lib/crypto/spki'
import { isJsonObject, type JsonObject } from '@/lib/domain/releases/json-object'
import { readPlainJson } from '@/lib/domain/releases/read-plain-json'
import { err, ok, type Result } from '@/lib/domain/result'

/** A key that the officer says is the issuer's. `kid` and `alg` where they were given with it. */
export type TrustedKey = { kid: string | null; alg: string | null; publicKey: PublicKey }

export type TrustedKeysProblem = 'too-large' | 'unreadable' | 'private' | 'none-for-signatures'

export const TRUSTED_KEYS_PROBLEM_WORDS = {
  'too-large': 'This is longer than 256 KiB, or holds more than 50 keys.',
  unreadable:
    'No public key can be read here. Give the issuer’s JWKS (its “jwks_uri” answers it), or certificates as PEM.',
  private: 'This holds a private key. Take it away: only public keys and certificates belong here.',
  'none-for-signatures': 'None of these keys is for signatures.',
} as const satisfies Record<TrustedKeysProblem, string>

const maxLength = 256 * 1024
const maxKeys = 50

/** A JWKS, a single JWK, or PEM blocks of certificates and public keys. No certificate's chain is looked at. */
export function readTrustedKeys(text: string): Result<TrustedKey[], TrustedKeysProblem> {
  if (text.length > maxLength) return err('too-large')
  return text.includes('-----BEGIN ') ? readBlocks(text) : readSet(text)
}

function readBlocks(text: string): Result<TrustedKey[], TrustedKeysProblem> {
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) return err('private')
  const blocks = text.split(/(?=-----BEGIN )/).filter((block) => block.startsWith('-----BEGIN '))
  if (blocks.length > maxKeys) return err('too-large')
  const keys = blocks.map((block) => attempt(() => parseSpki(readPublicKeyFile(new TextEncoder().encode(block)).spki)))
  const readable = keys.flatMap((publicKey) => (publicKey ? [{ kid: null, alg: null, publicKey }] : []))
  return readable.length === keys.length ? ok(readable) : err('unreadable')
}

function readSet(text: string): Result<TrustedKey[], TrustedKeysProblem> {
  const read = readPlainJson(text)
  if (!read.ok || !isJsonObject(read.value)) return err('unreadable')
  const members: unknown[] = Array.isArray(read.value.keys) ? read.value.keys : [read.value]
  if (members.length > maxKeys) return err('too-large')
  const jwks = members.filter(isJsonObject)
  if (jwks.some((jwk) => Object.hasOwn(jwk, 'd') || Object.hasOwn(jwk, 'k'))) return err('private')
  const signing = jwks.filter(({ use }) => use === undefined || use === 'sig')
  if (jwks.length > 0 && signing.length === 0) return err('none-for-signatures')
  const keys = signing.flatMap(readJwk)
  return keys.length > 0 ? ok(keys) : err('unreadable')
}

/** Its members and its certificate must be one key: a set in which they differ means something else to every reader. */
function readJwk(jwk: JsonObject): TrustedKey[] {
  const { x5c, kid, alg } = jwk
  const leaf: unknown = Array.isArray(x5c) ? x5c[0] : undefined
  const certified =
    typeof leaf === 'string' ? attempt(() => parseSpki(spkiOfCertificate(decodeBase64(leaf)))) : undefined
  if (leaf !== undefined && !certified) return []
  const plain = 'n' in jwk || 'x' in jwk ? attempt(() => publicKeyFromJwk(jwk)) : undefined
  if (certified && plain && !isSameKey(certified, plain)) return []
  const publicKey = certified ?? plain
  if (!publicKey) return []
  return [{ kid: typeof kid === 'string' ? kid : null, alg: typeof alg === 'string' ? alg : null, publicKey }]
}

const isSameKey = (one: PublicKey, other: PublicKey) => `${encodeSpki(one)}` === `${encodeSpki(other)}`

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof CryptoError) return undefined
    throw cause
  }
}
