import { wipe } from '../bytes'
import { derShape } from './der-shape'
import { readOpenSsh } from './openssh'
import { readOpenSslLegacy } from './openssl-legacy'
import { decodeBody, type PemBlock, pemBlocks } from './pem-blocks'
import { type OpeningOptions, type Piece, wipePieces } from './piece'
import { readDerKey } from './read-der'
import { type KeyFileRefusal, KeyFileRefused } from './refusals'

/** What labels say that no private key has. Content is asked first; these speak for what it does not tell. */
const otherLabels: readonly [KeyFileRefusal, RegExp][] = [
  ['certificate-request', /^(NEW )?CERTIFICATE REQUEST$/],
  ['certificate-only', /^((X509 |TRUSTED )?CERTIFICATE|PKCS7|CMS|CERTIFICATE CHAIN)$/],
  ['public-key-only', /PUBLIC KEY$/],
  ['no-private-key', /(PARAMETERS|CRL)$/],
]
const privateShapes = new Set(['pkcs8', 'encrypted-pkcs8', 'pkcs1', 'sec1', 'dsa', 'pkcs12'])

/** Every block of a PEM file; one that can't be taken is a piece of its own and leaves the others alone. */
export async function readPem(bytes: Uint8Array, options: OpeningOptions): Promise<Piece[]> {
  const pieces: Piece[] = []
  for (const block of pemBlocks(bytes)) {
    try {
      const read = await readBlock(block, options)
      pieces.push(...read.map((piece) => named(piece, block.friendlyName)))
    } catch (cause) {
      if (!(cause instanceof KeyFileRefused)) {
        wipePieces(pieces)
        throw cause
      }
      pieces.push({ piece: 'refused', refusal: cause })
    }
  }
  return pieces
}

const named = (piece: Piece, name: string | undefined): Piece =>
  piece.piece === 'key' && name !== undefined ? { name, ...piece } : piece

async function readBlock(block: PemBlock, options: OpeningOptions): Promise<Piece[]> {
  if (block.label.startsWith('PGP ')) throw new KeyFileRefused('pgp')
  const other = otherLabels.find(([, pattern]) => pattern.test(block.label))?.[0]
  const bytes = decodeBody(block)
  try {
    if (block.headers.get('proc-type')?.includes('ENCRYPTED')) return [await readOpenSslLegacy(block, bytes, options)]
    if (block.label === 'OPENSSH PRIVATE KEY') return [await readOpenSsh(bytes, options)]
    if (other !== undefined && !privateShapes.has(derShape(bytes) ?? '')) throw new KeyFileRefused(other)
    return await readDerKey(bytes, options)
  } finally {
    wipe(bytes)
  }
}
