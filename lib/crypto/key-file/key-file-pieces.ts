import { decodeBase64Octets } from '../base64'
import { type Bytes, wipe } from '../bytes'
import { CryptoError } from '../crypto-error'
import { looksLikePkcs12 } from '../pkcs12/looks-like-pkcs12'
import { indexOfText, startsWithText, textOf } from './ascii'
import { refuseForeignBytes, refuseForeignText } from './foreign-files'
import { readJwkFile } from './jwk-file'
import { openSshMagic, readOpenSsh } from './openssh'
import type { OpeningOptions, Piece } from './piece'
import { readPkcs12Pieces } from './pkcs12-pieces'
import { isBinaryKey, isPrintable, rawPiece, readRawText } from './raw-key'
import { readDerKey } from './read-der'
import { readPem } from './read-pem'
import { KeyFileRefused } from './refusals'

const sequence = 0x30
const longestRaw = 64

/**
 * What a file holds, told by its content. The order matters: bytes of a key's length that nobody can read are a key,
 * whatever they begin with. Throws `KeyFileRefused` where the file as a whole is refused.
 */
export async function keyFilePieces(bytes: Bytes, options: OpeningOptions): Promise<Piece[]> {
  if (isBinaryKey(bytes)) return [rawPiece(bytes)]
  refuseForeignBytes(bytes)
  const structured = await structuredPieces(bytes, options)
  if (structured !== undefined) return structured
  if (!isPrintable(bytes)) return refuseUnknown(bytes)
  refuseForeignText(textOf(bytes.subarray(0, 200)).trimStart().slice(0, 100))
  return (await piecesInBase64(bytes, options)) ?? [readRawText(bytes) ?? refuseUnknown(bytes)]
}

/** What says of itself what it is: DER, OpenSSH without armour, PEM, JSON. */
async function structuredPieces(bytes: Bytes, options: OpeningOptions): Promise<Piece[] | undefined> {
  if (looksLikePkcs12(bytes)) return readPkcs12Pieces(bytes, options)
  if (bytes[0] === sequence && !isPrintable(bytes)) return readDerKey(bytes, options)
  if (startsWithText(bytes, openSshMagic)) return [await readOpenSsh(bytes, options)]
  if (indexOfText(bytes, '-----BEGIN ') >= 0) return readPem(bytes, options)
  const first = bytes.find((octet) => octet > 0x20)
  return (first === 0x7b || first === 0x5b) && isUtf8(bytes) ? readJwkFile(bytes) : undefined
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    // Undecodable bytes are the whole finding.
    return false
  }
}

/** Base64 without armour around what says of itself what it is, as settings and secrets stores hold it. Once, not twice. */
async function piecesInBase64(bytes: Bytes, options: OpeningOptions): Promise<Piece[] | undefined> {
  if (bytes.length <= longestRaw) return undefined
  const inner = decodedOnce(bytes)
  if (inner === undefined) return undefined
  try {
    refuseForeignBytes(inner)
    return await structuredPieces(inner, options)
  } finally {
    wipe(inner)
  }
}

function decodedOnce(bytes: Bytes): Bytes | undefined {
  try {
    return decodeBase64Octets(bytes)
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    return undefined
  }
}

function refuseUnknown(bytes: Uint8Array): never {
  if (bytes.length > longestRaw) throw new KeyFileRefused('not-recognised')
  throw new KeyFileRefused('symmetric-length', { detail: `This file has ${bytes.length} bytes.` })
}
