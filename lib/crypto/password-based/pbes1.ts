import { CryptoError } from '../crypto-error'
import { type DerElement, derChildren, derTag, expectTag } from '../der-reader'
import { KeyFileRefused } from '../key-file/refusals'
import { type BlockCipher, blockCiphers } from './cipher'
import type { Protection } from './protection'
import { readPositiveNumber, readSalt } from './read-number'

const rc2 = (effectiveBits: number): BlockCipher => ({
  name: 'RC2-CBC',
  keyLength: effectiveBits / 8,
  blockLength: 8,
  effectiveBits,
})

/** RFC 7292 appendix C. Two-key 3DES derives 16 bytes; `deriveKey` repeats the first eight. */
const pkcs12Ciphers: Record<string, BlockCipher | undefined> = {
  '1.2.840.113549.1.12.1.3': blockCiphers['DES-EDE3-CBC'],
  '1.2.840.113549.1.12.1.4': { ...blockCiphers['DES-EDE3-CBC'], keyLength: 16 },
  '1.2.840.113549.1.12.1.5': rc2(128),
  '1.2.840.113549.1.12.1.6': rc2(40),
}

/** Recognised, and not opened: ciphers that nobody keeps code for. */
const abandoned: Record<string, string | undefined> = {
  '1.2.840.113549.1.5.1': 'MD2 and DES',
  '1.2.840.113549.1.5.3': 'MD5 and DES',
  '1.2.840.113549.1.5.4': 'MD2 and RC2',
  '1.2.840.113549.1.5.6': 'MD5 and RC2',
  '1.2.840.113549.1.5.10': 'SHA-1 and DES',
  '1.2.840.113549.1.5.11': 'SHA-1 and RC2',
  '1.2.840.113549.1.12.1.1': 'RC4 of 128 bits',
  '1.2.840.113549.1.12.1.2': 'RC4 of 40 bits',
}

/** PBES1 as PKCS#12 defined it and OpenSSL writes it for PKCS#8, too. Throws `unsupported-protection`, `der-invalid`. */
export function readPbes1(oid: string, parameters: DerElement | undefined): Protection {
  const cipher = pkcs12Ciphers[oid]
  if (!cipher) throw refuse(oid)
  const [salt, iterations, ...more] = derChildren(expectTag(parameters, derTag.sequence))
  if (more.length > 0) throw new CryptoError('der-invalid')
  const kdf = {
    kind: 'PKCS#12',
    hash: 'SHA-1',
    salt: readSalt(salt),
    iterations: readPositiveNumber(iterations),
  } as const
  return { kdf, cipher }
}

function refuse(oid: string): KeyFileRefused {
  const name = abandoned[oid]
  return new KeyFileRefused('unsupported-protection', {
    detail: name ? `It is encrypted with ${name}.` : 'Its encryption scheme is unknown.',
  })
}
