import { readPkcs12 } from '../pkcs12/read-pkcs12'
import type { OpeningOptions, Piece } from './piece'

/** The private keys of a PKCS#12 file, and why others of it can't be taken. Throws `KeyFileRefused`. */
export async function readPkcs12Pieces(bytes: Uint8Array, options: OpeningOptions): Promise<Piece[]> {
  const read = await readPkcs12(bytes, { ...options, spend: options.budget.spend })
  if (read.result === 'passphrase-needed')
    return [{ piece: 'locked', format: 'pkcs12', cipher: read.cipher, kdf: read.kdf }]
  const keys = read.keys.map((key): Piece => ({ piece: 'key', format: 'pkcs12', ...key }))
  return [...keys, ...read.leftOut.map((refusal): Piece => ({ piece: 'refused', refusal }))]
}
