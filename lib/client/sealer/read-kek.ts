import type { SpkiDer } from '@/lib/crypto/bytes'
import { CryptoError } from '@/lib/crypto/crypto-error'
import { readPublicKeyFile } from '@/lib/crypto/public-key-file'
import { encodeSpki, parseSpki } from '@/lib/crypto/spki'
import { spkiSha256Hex, spkiThumbprint } from '@/lib/crypto/thumbprint'
import { publicKeyWeaknesses } from '@/lib/crypto/weak-public-key'
import { parseKeyId } from '@/lib/domain/keys/key-id'
import { err, ok, type Result } from '@/lib/domain/result'
import { isKekQrText, readKekQrText } from '../import/kek-qr-text'

/** The KEK as its holder gave it: nobody was asked whether the vault has it. */
export interface GivenKek {
  /** With its version. */
  kid: string
  spki: SpkiDer
  bits: number
  /** 64 lower-case hexadecimal digits. */
  spkiSha256: string
  jwkThumbprint: string
}

export type KekTrouble =
  | 'key-missing'
  | 'key-unreadable'
  | 'private-key'
  | 'qr-unreadable'
  | 'not-rsa'
  | 'size'
  | 'weak'
  | 'kid-missing'
  | 'kid-invalid'
  | 'kid-without-version'
  | 'kid-differs'

/** What is wrong, which of the two fields it belongs to, and what to do. */
export const KEK_TROUBLE = {
  'key-missing': { field: 'key', words: 'Give the KEK’s public key: paste its PEM or the sheet’s QR text.' },
  'key-unreadable': {
    field: 'key',
    words: 'No public key was recognised. Paste the whole PEM, from BEGIN to END, or the whole QR text.',
  },
  'private-key': {
    field: 'key',
    words: 'This is a private key. Only the KEK’s public key belongs here; the key to seal is chosen below.',
  },
  'qr-unreadable': {
    field: 'key',
    words: 'The QR text is cut off, or of another version than this sealer reads. Scan the sheet’s code again.',
  },
  'not-rsa': { field: 'key', words: 'A KEK is an RSA key. This one is not: give the file from the KEK’s page.' },
  size: {
    field: 'key',
    words: 'A KEK has 2048, 3072 or 4096 bits. This one has not: give the file from the KEK’s page.',
  },
  weak: { field: 'key', words: 'This RSA key is of a kind that can be broken (ROCA). Don’t seal anything under it.' },
  'kid-missing': { field: 'kid', words: 'Give the key identifier (kid) from the transfer sheet.' },
  'kid-invalid': {
    field: 'kid',
    words: 'That is no key identifier. It looks like https://<vault>/keys/<name>/<version>; copy it from the sheet.',
  },
  'kid-without-version': {
    field: 'kid',
    words: 'The identifier ends without the version. Copy all of it: the last part has 32 characters.',
  },
  'kid-differs': {
    field: 'kid',
    words: 'The QR text names another KEK than this field. Empty the field, or give the right sheet’s text.',
  },
} as const satisfies Record<KekTrouble, { field: 'key' | 'kid'; words: string }>

/** Reads what was given for a KEK: `key` is PEM, DER, a certificate or the transfer sheet's QR text, `kid` as typed. */
export async function readKek(key: Uint8Array, kid: string): Promise<Result<GivenKek, KekTrouble>> {
  const given = readKekKey(key)
  if (!given.ok) return given
  const named = readKid(kid.trim(), given.value.kid)
  if (!named.ok) return named
  const { spki } = given.value
  const parsed = parseSpki(spki)
  if (parsed.kind !== 'rsa') return err('not-rsa')
  if (![2048, 3072, 4096].includes(parsed.modulusBits)) return err('size')
  if (publicKeyWeaknesses(parsed).length > 0) return err('weak')
  return ok({
    kid: named.value,
    spki,
    bits: parsed.modulusBits,
    spkiSha256: await spkiSha256Hex(spki),
    jwkThumbprint: await spkiThumbprint(spki),
  })
}

/** The public key alone, and the identifier where the QR text holds it. */
export function readKekKey(bytes: Uint8Array): Result<{ spki: SpkiDer; kid?: string }, KekTrouble> {
  const text = new TextDecoder().decode(bytes)
  if (text.trim() === '') return err('key-missing')
  try {
    if (!isKekQrText(text)) return ok({ spki: readPublicKeyFile(bytes).spki })
    const code = readKekQrText(text)
    return code ? ok({ spki: encodeSpki(parseSpki(code.spki)), kid: code.kid }) : err('qr-unreadable')
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    if (isKekQrText(text)) return err('qr-unreadable')
    return err(cause.code === 'private-key-given' ? 'private-key' : 'key-unreadable')
  }
}

function readKid(typed: string, ofCode: string | undefined): Result<string, KekTrouble> {
  if (typed !== '' && ofCode !== undefined && typed !== ofCode) return err('kid-differs')
  const kid = typed || ofCode
  if (!kid) return err('kid-missing')
  const id = parseKeyId(kid)
  if (id === undefined) return err('kid-invalid')
  return id.version === undefined ? err('kid-without-version') : ok(kid)
}
