import {
  type Bytes,
  decodeBase64Url,
  ecPublicKey,
  encodeSpki,
  type PublicKey,
  rsaPublicKey,
  type SpkiDer,
  wipe,
} from '@/lib/crypto'
import { type JsonObject, parseStrictJson } from '@/lib/crypto/strict-json'
import { EC_CURVES, type EcCurve, isSizeOrCurve, type KeyFamily, type SizeOrCurve } from '../keys/key-type'

/** A private key's members as bytes: they can be filled with zeros, as strings can't. Named as a JWK names them. */
export type PrivateJwk =
  | { kty: 'RSA'; n: Bytes; e: Bytes; d: Bytes; p: Bytes; q: Bytes; dp: Bytes; dq: Bytes; qi: Bytes }
  | { kty: 'EC'; crv: EcCurve; x: Bytes; y: Bytes; d: Bytes }
  | { kty: 'oct'; k: Bytes }

export interface ReadPrivateJwk {
  key: PrivateJwk
  family: KeyFamily
  sizeOrCurve: SizeOrCurve
  /** null for a symmetric key. */
  spki: SpkiDer | null
}

/** Room for RSA-4096 with all its members, in base64url, and some blanks. */
export const PRIVATE_JWK_LIMIT = 8 * 1024

const MEMBERS = {
  RSA: ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'],
  EC: ['crv', 'x', 'y', 'd'],
  oct: ['k'],
} as const satisfies Record<KeyFamily, readonly string[]>

/**
 * Reads a private JWK as `FoundKey.toPrivateJwk()` writes it, UTF-8 JSON: exactly the members of its type, each once, in
 * base64url. Null for anything else, without a word on what is wrong: it could hold a part of the key.
 * That the private members fit the public ones is the vault's to refuse.
 */
export function readPrivateJwk(json: Uint8Array): ReadPrivateJwk | null {
  if (json.length > PRIVATE_JWK_LIMIT) return null
  try {
    const object = parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(json))
    return object instanceof Map ? readMembers(object) : null
  } catch {
    // What was caught may quote the text it stopped at.
    return null
  }
}

function readMembers(object: JsonObject): ReadPrivateJwk | null {
  const kty = object.get('kty')
  if (kty !== 'RSA' && kty !== 'EC' && kty !== 'oct') return null
  const names: readonly string[] = ['kty', ...MEMBERS[kty]]
  if (object.size !== names.length || !names.every((name) => object.has(name))) return null
  const read = READERS[kty](object)
  return read && isSizeOrCurve(read.family, read.sizeOrCurve) ? { ...read, sizeOrCurve: read.sizeOrCurve } : null
}

type Read = Omit<ReadPrivateJwk, 'sizeOrCurve'> & { sizeOrCurve: string }

const READERS: Record<KeyFamily, (object: JsonObject) => Read | null> = {
  RSA: (object) => {
    const of = (name: string) => bytesOf(object, name)
    const publicKey = rsaPublicKey(of('n'), of('e'))
    const { n, e } = publicKey
    const half = n.length / 2
    const short = (name: string) => padded(of(name), half)
    const primes = { p: short('p'), q: short('q'), dp: short('dp'), dq: short('dq'), qi: short('qi') }
    const key: PrivateJwk = { kty: 'RSA', n, e, d: padded(of('d'), n.length), ...primes }
    return { key, family: 'RSA', sizeOrCurve: String(publicKey.modulusBits), spki: spkiOf(publicKey) }
  },
  EC: (object) => {
    const crv = EC_CURVES.find((curve) => curve === object.get('crv'))
    if (!crv) return null
    const publicKey = ecPublicKey(crv, bytesOf(object, 'x'), bytesOf(object, 'y'))
    const { x, y } = publicKey
    const key: PrivateJwk = { kty: 'EC', crv, x, y, d: padded(bytesOf(object, 'd'), x.length) }
    return { key, family: 'EC', sizeOrCurve: crv, spki: spkiOf(publicKey) }
  },
  oct: (object) => {
    const k = bytesOf(object, 'k')
    return { key: { kty: 'oct', k }, family: 'oct', sizeOrCurve: String(k.length * 8), spki: null }
  },
}

const spkiOf = (key: PublicKey): SpkiDer => encodeSpki(key)

function bytesOf(object: JsonObject, name: string): Bytes {
  const text = object.get(name)
  const bytes = typeof text === 'string' ? decodeBase64Url(text) : new Uint8Array()
  if (bytes.length === 0) throw new RangeError('a member without bytes')
  return bytes
}

/** Left-padded with zeros to its full length, which it must not exceed; the shorter copy is wiped. */
function padded(bytes: Bytes, length: number): Bytes {
  if (bytes.length > length) throw new RangeError('a member of more than its length')
  if (bytes.length === length) return bytes
  const whole = new Uint8Array(length)
  whole.set(bytes, length - bytes.length)
  wipe(bytes)
  return whole
}

/** Fills every private member with zeros. */
export function wipePrivateJwk(key: PrivateJwk): void {
  wipe(...privateMembers(key))
}

function privateMembers(key: PrivateJwk): readonly Bytes[] {
  switch (key.kty) {
    case 'RSA':
      return [key.d, key.p, key.q, key.dp, key.dq, key.qi]
    case 'EC':
      return [key.d]
    case 'oct':
      return [key.k]
  }
}
