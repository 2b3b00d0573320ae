import { readPkcs12 } from '../pkcs12/read-pkcs12'
import type { OpeningOptions, Piece } from './piece'

/** The private keys of a PKCS#12 file, and why others of it can't be taken. Throws `KeyFileRefused`. */
export async function readPkcs12Pieces(bytes: Uint8Array, options: OpeningOptions): Promise<Piece[]> {
<<<<<<< HEAD
  const read = await readPkcs12(bytes, { ...options, spend: options.budget.spend })
=======
  options.budget.spendContainer()
  const read = await readPkcs12(bytes, options)
>>>>>>> 940d1c4 (The work that one key file can ask for is bounded over all its keys; the lines that refusals give are proved to mend)
  if (read.result === 'passphrase-needed')
    return [{ piece: 'locked', format: 'pkcs12', cipher: read.cipher, kdf: read.kdf }]
  const keys = read.keys.map((key): Piece => ({ piece: 'key', format: 'pkcs12', ...key }))
  return [...keys, ...read.leftOut.map((refusal): Piece => ({ piece: 'refused', refusal }))]
}
