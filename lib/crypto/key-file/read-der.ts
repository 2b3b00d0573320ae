import { berToDer } from '../ber'
import { type Bytes, wipe } from '../bytes'
import { CryptoError } from '../crypto-error'
import { readDer } from '../der-reader'
import { type DerShape, derShape } from './der-shape'
import { readEncryptedPkcs8 } from './encrypted-pkcs8'
import type { KeyPiece, OpeningOptions, Piece } from './piece'
import { readPkcs1 } from './pkcs1'
import { readPkcs8 } from './pkcs8'
import { readPkcs12Pieces } from './pkcs12-pieces'
import { KeyFileRefused } from './refusals'
import { readSec1 } from './sec1'

/**
 * What a DER structure holds, or one in BER. Throws `KeyFileRefused`: `damaged`, `not-recognised`, what the structure is instead of a
 * private key, or why this one can't be taken.
 */
export async function readDerKey(bytes: Uint8Array, options: OpeningOptions): Promise<Piece[]> {
  const mended = derShape(bytes) === undefined ? mendedBer(bytes) : undefined
  try {
    return await readShape(mended ?? bytes, options)
  } finally {
    if (mended !== undefined) wipe(mended)
  }
}

/** BER, as some exporters write it, in DER; undefined where it is neither, or of no known shape. */
function mendedBer(bytes: Uint8Array): Bytes | undefined {
  try {
    const der = berToDer(bytes)
    if (derShape(der) !== undefined) return der
    wipe(der)
    return undefined
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    return undefined
  }
}

async function readShape(der: Uint8Array, options: OpeningOptions): Promise<Piece[]> {
  const shape = derShape(der)
  switch (shape) {
    case 'pkcs8':
    case 'pkcs1':
    case 'sec1':
    case 'dsa':
      return [readPlainKey(der, shape)]
    case 'encrypted-pkcs8':
      return [await readEncryptedPkcs8(der, options)]
    case 'pkcs12':
      return readPkcs12Pieces(der, options)
    case 'public-key':
      throw new KeyFileRefused('public-key-only')
    case 'certificate-request':
      throw new KeyFileRefused('certificate-request')
    case 'certificate':
      throw new KeyFileRefused('certificate-only')
    case 'pkcs7':
      throw new KeyFileRefused('certificate-only', { detail: 'It is PKCS#7, which holds certificates.' })
    case 'revocation-list':
      throw new KeyFileRefused('no-private-key', { detail: 'It is a certificate revocation list.' })
    case undefined:
      return refuseUnknown(der)
    default:
      return shape satisfies never
  }
}

/** A key that lies open. Throws `KeyFileRefused`. */
export function readPlainKey(der: Uint8Array, shape: DerShape | undefined = derShape(der)): KeyPiece {
  switch (shape) {
    case 'pkcs8':
      return { piece: 'key', format: 'pkcs8', numbers: readPkcs8(der) }
    case 'pkcs1':
      return { piece: 'key', format: 'pkcs1', numbers: readPkcs1(der) }
    case 'sec1':
      return { piece: 'key', format: 'sec1', numbers: readSec1(der) }
    case 'dsa':
      throw new KeyFileRefused('dsa', { detail: 'It is DSA.' })
    default:
      return refuseUnknown(der)
  }
}

/** DER of something else, or DER no more. */
function refuseUnknown(der: Uint8Array): never {
  try {
    readDer(der, der.length)
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    throw new KeyFileRefused('damaged', { detail: lengthDetail(der), cause })
  }
  throw new KeyFileRefused('not-recognised')
}

/** What the outermost length says against the number of bytes. */
function lengthDetail(der: Uint8Array): string | undefined {
  const first = der[1] ?? 0
  const count = first < 0x80 ? 0 : first & 0x7f
  if (count > 3) return undefined
  const octets = der.subarray(2, 2 + count)
  const stated = 2 + count + (count === 0 ? first : octets.reduce((sum, octet) => sum * 256 + octet, 0))
  if (stated > der.length) return `Of its ${stated} bytes ${stated - der.length} are missing at the end.`
  return stated < der.length ? `Bytes follow after its end: ${der.length - stated}.` : undefined
}
