import {
  CryptoError,
  equalBytes,
  parseFingerprint,
  parseKeyCheckValue,
  readPublicKeyFile,
  spkiSha256Hex,
} from '@/lib/crypto'

/** What an approver may give from the ceremony record. */
export type ExpectedValue =
  | { kind: 'public-key'; spkiSha256: string }
  | { kind: 'spki-sha256'; hex: string }
  | { kind: 'jwk-thumbprint'; value: string }
  | { kind: 'key-check-value'; hex: string }

export type RecognisedValue = ExpectedValue | { kind: 'unrecognised'; hint: ExpectedValueHint }

/** Why nothing was recognised. */
export type ExpectedValueHint =
  | 'empty'
  | 'too-large'
  | 'private-key'
  | 'certificate-fingerprint'
  | 'other-hash'
  | 'hex-of-other-length'
  | 'broken-public-key'
  | 'unsupported-public-key'
  | 'unknown'

export const EXPECTED_VALUE_KIND_WORDS = {
  'public-key': 'a public key',
  'spki-sha256': 'a SHA-256 of the public key (SPKI)',
  'jwk-thumbprint': 'an RFC 7638 thumbprint',
  'key-check-value': 'a key check value',
} as const satisfies Record<ExpectedValue['kind'], string>

export const EXPECTED_VALUE_HINT_WORDS = {
  empty: 'Nothing was given. Give the public key file, its SHA-256, its RFC 7638 thumbprint or a key check value.',
  'too-large': 'This is too large for a public key. Give the public key file that the HSM exported.',
  'private-key': 'This is a private key. Give the public key only, and treat this private key as exposed.',
  'certificate-fingerprint':
    'This is the fingerprint of a certificate, not of the public key in it. Give the certificate file itself.',
  'other-hash': 'This has the length of a SHA-1, SHA-384 or SHA-512 value. Give the SHA-256: 64 digits.',
  'hex-of-other-length': 'This is hexadecimal, but a SHA-256 has 64 digits and a key check value has 6.',
  'broken-public-key': 'This is meant to be a public key, but it is damaged. Give the file as the HSM exported it.',
  'unsupported-public-key': 'This is a public key of another type: RSA, P-256, P-384, P-521 and P-256K are compared.',
  unknown: 'This is no public key file, SHA-256, RFC 7638 thumbprint or key check value.',
} as const satisfies Record<ExpectedValueHint, string>

/** Far above any public key or certificate. */
const maximumBytes = 64 * 1024

const unrecognised = (hint: ExpectedValueHint): RecognisedValue => ({ kind: 'unrecognised', hint })

/**
 * Recognises what an approver typed, pasted or dropped. A dropped file may be a key or certificate, or a text file
 * with one of the values. Never throws; what it can't tell apart does not exist: the forms differ in length.
 */
export async function recogniseExpectedValue(input: string | Uint8Array): Promise<RecognisedValue> {
  if (input.length > maximumBytes) return unrecognised('too-large')
  const text = typeof input === 'string' ? input : new TextDecoder().decode(input)
  if (text.trim() === '') return unrecognised('empty')
  return (
    recogniseText(text) ??
    (await recognisePublicKey(typeof input === 'string' ? new TextEncoder().encode(input) : input, text))
  )
}

function recogniseText(text: string): RecognisedValue | undefined {
  const fingerprint = parseFingerprint(text)
  if (fingerprint !== null) return { kind: 'spki-sha256', hex: fingerprint }
  const checkValue = parseKeyCheckValue(text)
  if (checkValue !== null) return { kind: 'key-check-value', hex: checkValue }
  const thumbprint = text.trim()
  if (isThumbprint(thumbprint)) return { kind: 'jwk-thumbprint', value: thumbprint }
  return undefined
}

/** 32 bytes in base64url: 43 characters, the last of which has two bits to spare. */
function isThumbprint(text: string): boolean {
  return /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(text)
}

async function recognisePublicKey(bytes: Uint8Array, text: string): Promise<RecognisedValue> {
  try {
    return { kind: 'public-key', spkiSha256: await spkiSha256Hex(readPublicKeyFile(bytes).spki) }
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    return unrecognised(hintFor(cause, text))
  }
}

function hintFor({ code }: CryptoError, text: string): ExpectedValueHint {
  if (code === 'private-key-given') return 'private-key'
  if (code === 'spki-unsupported') return 'unsupported-public-key'
  if (code !== 'public-key-unrecognised') return 'broken-public-key'
  if (/fingerprint\s*=/i.test(text)) return 'certificate-fingerprint'
  const digits = text.replace(/[\s:.,-]/g, '')
  if (!/^[0-9a-fA-F]+$/.test(digits)) return 'unknown'
  return [40, 96, 128].includes(digits.length) ? 'other-hash' : 'hex-of-other-length'
}

/** What the vault's key shows; a value that it has not is left out or null. */
export interface ActualValues {
  spkiSha256?: string | null
  jwkThumbprint?: string | null
  keyCheckValue?: string | null
}

export type ExpectedComparison = 'equal' | 'different' | 'not-comparable'

/**
 * Compares what was expected with what is there. `not-comparable` is neither: a check value given for an asymmetric
 * key, a public key for a symmetric one. It never counts as equal. The time taken does not depend on where two
 * values differ.
 */
export function compareExpectedValue(expected: ExpectedValue, actual: ActualValues): ExpectedComparison {
  const [left, right] = bytesToCompare(expected, actual)
  if (!right) return 'not-comparable'
  return equalBytes(left, right) ? 'equal' : 'different'
}

function bytesToCompare(expected: ExpectedValue, actual: ActualValues): [Uint8Array, Uint8Array | undefined] {
  switch (expected.kind) {
    case 'public-key':
      return [hexText(expected.spkiSha256), optional(actual.spkiSha256)]
    case 'spki-sha256':
      return [hexText(expected.hex), optional(actual.spkiSha256)]
    case 'jwk-thumbprint':
      return [utf8(expected.value), actual.jwkThumbprint ? utf8(actual.jwkThumbprint) : undefined]
    case 'key-check-value':
      return [hexText(expected.hex), optional(actual.keyCheckValue)]
  }
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const hexText = (hex: string): Uint8Array => utf8(hex.toLowerCase())
const optional = (hex: string | null | undefined): Uint8Array | undefined => (hex ? hexText(hex) : undefined)
