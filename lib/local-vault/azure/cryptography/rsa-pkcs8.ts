import type { JsonWebKey } from 'node:crypto'
import { integer, nothing, objectIdentifier, octetString, sequence } from '../../certificates/der'

const rsaEncryption = sequence(objectIdentifier('1.2.840.113549.1.1.1'), nothing)
const zero = integer(Buffer.of(0))

/**
 * PKCS#8 (RFC 5208) around RSAPrivateKey (RFC 8017, appendix A.1.2) of a key's own numbers: byte for byte what node:crypto would
 * export, which takes it a tenth of a whole import.
 */
export function rsaPkcs8({ n, e, d, p, q, dp, dq, qi }: JsonWebKey): Buffer {
  const numbers = [n, e, d, p, q, dp, dq, qi].map((member) => integer(Buffer.from(member ?? '', 'base64url')))
  return sequence(zero, rsaEncryption, octetString(sequence(zero, ...numbers)))
}
