import { type Base64Departure, decodeBase64Lenient, encodeBase64Url } from './base64'
import { asWrappedKey, type Bytes, copyBytes, type WrappedKey } from './bytes'
import { CryptoError } from './crypto-error'
import { JsonError, type JsonObject, type JsonQuotes, type JsonValue, parseStrictJson, writeJson } from './strict-json'
import { type ForeignContent, recogniseForeignBytes, recogniseForeignText } from './transfer-blob-lookalikes'

/** Azure's key transfer blob (BYOK specification), its ciphertext decoded. Values are as the file has them, unchecked. */
export type TransferBlob = {
  kid: string
  header: { kid: string; alg: string | null; enc: string | null }
  ciphertext: WrappedKey
  generator?: string
  schemaVersion: string | null
  /** Members that a transfer blob does not have; they travel to the vault with the rest. */
  unknownMembers: number
}

/** What was changed between the file and the bytes to send. Empty: the file is sent as it is. */
export type NormalisationChange = 'byte-order-mark' | 'single-quotes' | `ciphertext-${Base64Departure}`

/** Why a file is no transfer blob. */
export type TransferBlobRefusal =
  | 'empty'
  | 'too-large'
  | ForeignContent
  | 'not-json'
  | 'duplicate-member'
  | 'not-an-object'
  | 'header-missing'
  | 'kid-missing'
  | 'ciphertext-missing'
  | 'member-not-text'
  | 'ciphertext-not-base64'

/** Facts beside a refusal, none of them content: where reading stopped, and which of the known members is meant. */
export type TransferBlobFacts = { length: number; position?: number; member?: TransferBlobMember }

const members = ['schema_version', 'header', 'ciphertext', 'generator'] as const
const headerMembers = ['kid', 'alg', 'enc'] as const
export type TransferBlobMember = (typeof members)[number] | (typeof headerMembers)[number] | 'unknown member'

export type ParsedTransferBlob =
  | { ok: true; blob: TransferBlob; normalisedBytes: Bytes; changes: NormalisationChange[] }
  | { ok: false; code: TransferBlobRefusal; facts: TransferBlobFacts }

/** 64 KiB: far above any blob (RSA-4096 under RSA-4096 is under 5 kB), small enough to read at once. */
export const maximumTransferBlobBytes = 64 * 1024

class Refusal extends Error {
  constructor(
    readonly code: TransferBlobRefusal,
    readonly facts: Omit<TransferBlobFacts, 'length'> = {},
  ) {
    super(code)
  }
}

/**
 * Reads the bytes of a `.byok` file. Never throws: a file that is something else is named by a code. What can be
 * mended without doubt is mended in `normalisedBytes`, and listed in `changes`; a file that needs no mending is
 * returned byte for byte.
 */
export function parseTransferBlob(bytes: Uint8Array): ParsedTransferBlob {
  try {
    return parse(bytes)
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    return { ok: false, code: cause.code, facts: { length: bytes.length, ...cause.facts } }
  }
}

function parse(bytes: Uint8Array): ParsedTransferBlob {
  if (bytes.length === 0) throw new Refusal('empty')
  if (bytes.length > maximumTransferBlobBytes) throw new Refusal('too-large')
  const { text, marked } = decodeText(bytes)
  if (text.trim() === '') throw new Refusal('empty')
  const { value, quotes } = readJson(text)
  if (!(value instanceof Map)) throw new Refusal('not-an-object')
  const { blob, departures } = readBlob(value)
  const changes: NormalisationChange[] = [
    ...(marked ? ['byte-order-mark' as const] : []),
    ...(quotes === 'single' ? ['single-quotes' as const] : []),
    ...departures.map((departure) => `ciphertext-${departure}` as const),
  ]
  return { ok: true, blob, normalisedBytes: normalise(bytes, value, blob, changes), changes }
}

function decodeText(bytes: Uint8Array): { text: string; marked: boolean } {
  const foreign = recogniseForeignBytes(bytes)
  if (foreign !== undefined) throw new Refusal(foreign)
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.startsWith('\uFEFF') ? { text: text.slice(1), marked: true } : { text, marked: false }
  } catch {
    // Undecodable bytes are the whole finding; the decoder's error says nothing more.
    throw new Refusal('raw-binary')
  }
}

function readJson(text: string): { value: JsonValue; quotes: JsonQuotes } {
  const foreign = recogniseForeignText(text)
  if (foreign !== undefined) throw new Refusal(foreign)
  const quotes: JsonQuotes = /^\s*\{\s*'/.test(text) ? 'single' : 'double'
  try {
    return { value: parseStrictJson(text, quotes), quotes }
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause
    if (cause.code === 'json-invalid') throw new Refusal('not-json', { position: cause.position })
    throw new Refusal('duplicate-member', { position: cause.position, member: knownMember(cause.member) })
  }
}

const knownMember = (name: string | undefined): TransferBlobMember =>
  [...members, ...headerMembers].find((known) => known === name) ?? 'unknown member'

function readBlob(object: JsonObject): { blob: TransferBlob; departures: Base64Departure[] } {
  const inner = object.get('key')
  if (object.has('key_hsm') || (inner instanceof Map && inner.has('key_hsm'))) throw new Refusal('http-body')
  const header = object.get('header')
  if (!(header instanceof Map)) throw new Refusal('header-missing')
  const kid = textMember(header, 'kid')
  if (!kid) throw new Refusal('kid-missing')
  const encoded = textMember(object, 'ciphertext')
  if (!encoded) throw new Refusal('ciphertext-missing')
  const { bytes, departures } = decodeCiphertext(encoded)
  const generator = textMember(object, 'generator')
  const blob: TransferBlob = {
    kid,
    header: { kid, alg: textMember(header, 'alg'), enc: textMember(header, 'enc') },
    ciphertext: asWrappedKey(bytes),
    ...(generator === null ? {} : { generator }),
    schemaVersion: textMember(object, 'schema_version'),
    unknownMembers: countUnknown(object, members) + countUnknown(header, headerMembers),
  }
  return { blob, departures }
}

function textMember(object: JsonObject, member: TransferBlobMember): string | null {
  const value = object.get(member) ?? null
  if (value !== null && typeof value !== 'string') throw new Refusal('member-not-text', { member })
  return value
}

const countUnknown = (object: JsonObject, known: readonly string[]): number =>
  [...object.keys()].filter((name) => !known.includes(name)).length

function decodeCiphertext(encoded: string): { bytes: Bytes; departures: Base64Departure[] } {
  try {
    const decoded = decodeBase64Lenient(encoded)
    if (decoded.bytes.length === 0) throw new Refusal('ciphertext-missing')
    return decoded
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    throw new Refusal('ciphertext-not-base64')
  }
}

function normalise(bytes: Uint8Array, object: JsonObject, blob: TransferBlob, changes: NormalisationChange[]): Bytes {
  if (changes.length === 0) return copyBytes(bytes)
  if (changes.length === 1 && changes[0] === 'byte-order-mark') return copyBytes(bytes.subarray(3))
  const mended = new Map(object).set('ciphertext', encodeBase64Url(blob.ciphertext))
  return new TextEncoder().encode(writeJson(mended))
}

/** The bytes of a `.byok` file, in the order of members that Microsoft's specification shows. */
export function serialiseTransferBlob(blob: { kid: string; ciphertext: WrappedKey; generator: string }): Bytes {
  const text = JSON.stringify({
    schema_version: '1.0.0',
    header: { kid: blob.kid, alg: 'dir', enc: 'CKM_RSA_AES_KEY_WRAP' },
    ciphertext: encodeBase64Url(blob.ciphertext),
    generator: blob.generator,
  })
  return new TextEncoder().encode(text)
}
