import { wipe } from '../bytes'
import { type DerElement, derChildren, derObjectIdentifier, derTag, expectTag, readDer } from '../der-reader'
import type { EcPrivateNumbers, PrivateNumbers } from '../private-key/private-numbers'
import { curveOfParameters } from './curve-of-parameters'
import { refuseForeignAlgorithm } from './foreign-algorithms'
import { inRefusals } from './in-refusals'
import { readPkcs1 } from './pkcs1'
import { KeyFileRefused } from './refusals'
import { isSamePoint, readPoint, readSec1 } from './sec1'

const rsaEncryption = '1.2.840.113549.1.1.1'
const ecPublicKey = '1.2.840.10045.2.1'
const attributesTag = 0xa0
const publicKeyTag = 0x81

/**
 * PKCS#8's PrivateKeyInfo (RFC 5208) and its successor OneAsymmetricKey (RFC 5958), in DER; attributes are ignored.
 * Throws `KeyFileRefused`: `damaged`, or what the key is instead of one that the vault takes.
 */
export const readPkcs8 = (der: Uint8Array): PrivateNumbers =>
  inRefusals(() => {
    const [version, algorithm, key, ...more] = derChildren(expectTag(readDer(der), derTag.sequence))
    const { content } = expectTag(version, derTag.integer)
    if (content.length !== 1 || (content[0] ?? 2) > 1) throw new KeyFileRefused('damaged')
    const [name, parameters] = derChildren(expectTag(algorithm, derTag.sequence))
    const { content: inner, octets } = expectTag(key, derTag.octetString)
    const publicKey = readOptionalFields(more)
    const oid = derObjectIdentifier(name)
    if (oid === rsaEncryption) return readPkcs1(inner)
    if (oid !== ecPublicKey) refuseForeignAlgorithm(oid, octets.byteOffset - der.byteOffset)
    if (parameters === undefined) throw new KeyFileRefused('damaged')
    return withPublicKey(readSec1(inner, curveOfParameters(parameters)), publicKey)
  })

/** RFC 5958's two optional fields; of the public key, the octets of its implicit BIT STRING. */
function readOptionalFields(elements: readonly DerElement[]): Uint8Array | undefined {
  let publicKey: Uint8Array | undefined
  for (const { tag, content } of elements) {
    if (tag === attributesTag) continue
    if (tag !== publicKeyTag || content[0] !== 0) throw new KeyFileRefused('damaged')
    publicKey = content.subarray(1)
  }
  return publicKey
}

function withPublicKey(numbers: EcPrivateNumbers, octets: Uint8Array | undefined): EcPrivateNumbers {
  if (octets === undefined) return numbers
  try {
    const point = readPoint(numbers.curve, octets)
    if (numbers.point === undefined || isSamePoint(numbers.point, point)) return { ...numbers, point }
    throw new KeyFileRefused('ec-inconsistent', { detail: 'It holds two different public halves.' })
  } catch (cause) {
    wipe(numbers.d)
    throw cause
  }
}
