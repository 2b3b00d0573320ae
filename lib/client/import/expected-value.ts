import {
  CryptoError,
  type PublicKeyFileFormat,
  parseFingerprint,
  parseKeyCheckValue,
  readPublicKeyFile,
  spkiSha256Hex,
} from '@/lib/crypto'

/** A value to compare a key with, as it was recognised. Only public material comes in here, and a check value. */
export type ExpectedValue =
  | { form: 'public-key-file'; format: PublicKeyFileFormat; spkiSha256: string }
  | { form: 'spki-sha256'; spkiSha256: string }
  | { form: 'jwk-thumbprint'; thumbprint: string }
  | { form: 'key-check-value'; keyCheckValue: string }

export type Recognition =
  | { state: 'nothing' }
  | { state: 'recognised'; value: ExpectedValue }
  | { state: 'not-recognised' }
  /** It is a secret: say so, and send nothing. */
  | { state: 'private-key' }

export const EXPECTED_FORM_WORDS = {
  'public-key-file': 'a public key',
  'spki-sha256': 'an SPKI SHA-256 fingerprint',
  'jwk-thumbprint': 'an RFC 7638 thumbprint',
  'key-check-value': 'a key check value',
} as const satisfies Record<ExpectedValue['form'], string>

export const PUBLIC_KEY_FORMAT_WORDS = {
  'pem-public-key': 'PEM public key',
  'pem-certificate': 'PEM certificate',
  'der-public-key': 'DER public key',
  'der-certificate': 'DER certificate',
} as const satisfies Record<PublicKeyFileFormat, string>

/** What a pasted text is. Never throws. */
export async function recogniseText(text: string): Promise<Recognition> {
  const trimmed = text.trim()
  if (!trimmed) return { state: 'nothing' }
  if (trimmed.includes('-----BEGIN ')) return recogniseFile(new TextEncoder().encode(trimmed))
  const spkiSha256 = parseFingerprint(trimmed)
  if (spkiSha256) return { state: 'recognised', value: { form: 'spki-sha256', spkiSha256 } }
  const keyCheckValue = parseKeyCheckValue(trimmed)
  if (keyCheckValue) return { state: 'recognised', value: { form: 'key-check-value', keyCheckValue } }
  // 32 bytes in base64url without padding (RFC 7638, section 3).
  if (/^[\w-]{43}$/.test(trimmed)) {
    return { state: 'recognised', value: { form: 'jwk-thumbprint', thumbprint: trimmed } }
  }
  return { state: 'not-recognised' }
}

/** What a dropped file is. Never throws for what is in it. */
export async function recogniseFile(bytes: Uint8Array): Promise<Recognition> {
  try {
    const { format, spki } = readPublicKeyFile(bytes)
    return { state: 'recognised', value: { form: 'public-key-file', format, spkiSha256: await spkiSha256Hex(spki) } }
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    return { state: cause.code === 'private-key-given' ? 'private-key' : 'not-recognised' }
  }
}
