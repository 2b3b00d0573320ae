import { type Bytes, copyBytes } from '@/lib/crypto'
import { writeDerSequence, writeDerUnsignedInteger } from '@/lib/crypto/der-writer'

/** Vaults and tokens answer r and s side by side (RFC 7518, 3.4); OpenSSL reads `Ecdsa-Sig-Value` (RFC 3279, 2.2.3). */
export function toEcdsaSigValue(raw: Uint8Array): Bytes {
  const half = raw.length / 2
  const [r, s] = [copyBytes(raw.subarray(0, half)), copyBytes(raw.subarray(half))]
  return writeDerSequence(writeDerUnsignedInteger(r), writeDerUnsignedInteger(s))
}
