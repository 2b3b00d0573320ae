import { copyBytes } from '../bytes'
import { type DerElement, derChildren, derObjectIdentifier, derTag, expectTag, readDer } from '../der-reader'
import { KeyFileRefused } from '../key-file/refusals'
import type { SymmetricNumbers } from '../private-key/private-numbers'
import { onlyChild } from './content-info'

const shroudedKeyBag = '1.2.840.113549.1.12.10.1.2'
const aesOid = '2.16.840.1.101.3.4.1'

/** SecretBag as Java's keystores hold a symmetric key: an EncryptedPrivateKeyInfo in an OCTET STRING. */
export function readSecretBag(content: DerElement): DerElement | undefined {
  const [type, wrapper] = derChildren(expectTag(content, derTag.sequence))
  if (derObjectIdentifier(type) !== shroudedKeyBag) return undefined
  return readDer(expectTag(onlyChild(wrapper), derTag.octetString).content)
}

/** A PrivateKeyInfo whose algorithm is AES and whose key is the raw bytes. */
export function readJavaSecretKey(der: Uint8Array): SymmetricNumbers {
  const [, algorithm, key] = derChildren(expectTag(readDer(der), derTag.sequence))
  const [name] = derChildren(expectTag(algorithm, derTag.sequence))
  const oid = derObjectIdentifier(name)
  if (oid !== aesOid && !oid.startsWith(`${aesOid}.`))
    throw new KeyFileRefused('unsupported-algorithm', { detail: `Its algorithm has the identifier ${oid}.` })
  return { kind: 'oct', bytes: copyBytes(expectTag(key, derTag.octetString).content) }
}
