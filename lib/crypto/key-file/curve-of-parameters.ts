import { toInteger } from '../big-integer'
import { decodePoint } from '../curve-point'
import { type CurveName, curveByOid, curveNames, curves } from '../curves'
import { type DerElement, derChildren, derObjectIdentifier, derTag, derUnsignedInteger, expectTag } from '../der-reader'
import { nameOfForeignCurve } from './foreign-curves'
import { KeyFileRefused } from './refusals'

const primeField = '1.2.840.10045.1.1'

/**
 * The curve of ECParameters (RFC 5480 section 2.1.1, SEC 1 C.2): named, or described in full. A description is taken
 * for a named curve when every one of its numbers is that curve's, the generator too: another generator makes another
 * private key of the same public one. Throws `KeyFileRefused`: `unsupported-curve`, `explicit-curve`; `der-invalid`.
 */
export function curveOfParameters(parameters: DerElement): CurveName {
  if (parameters.tag === derTag.objectIdentifier) return namedCurve(derObjectIdentifier(parameters))
  if (parameters.tag === derTag.null)
    throw new KeyFileRefused('explicit-curve', { detail: 'It names no curve at all.' })
  return describedCurve(expectTag(parameters, derTag.sequence))
}

function namedCurve(oid: string): CurveName {
  const curve = curveByOid(oid)
  if (curve === undefined)
    throw new KeyFileRefused('unsupported-curve', { detail: `It is ${nameOfForeignCurve(oid)}.` })
  return curve
}

function describedCurve(parameters: DerElement): CurveName {
  const [version, field, equation, generator, order, cofactor] = derChildren(parameters)
  expectTag(version, derTag.integer)
  const [fieldType, prime] = derChildren(expectTag(field, derTag.sequence))
  if (derObjectIdentifier(fieldType) !== primeField) throw new KeyFileRefused('explicit-curve')
  const [a, b] = derChildren(expectTag(equation, derTag.sequence))
  const [p, n, h] = [derNumber(prime), derNumber(order), cofactor === undefined ? 1n : derNumber(cofactor)]
  const curve = curveNames.find((name) => curves[name].p === p && curves[name].order === n)
  const same =
    curve !== undefined &&
    h === 1n &&
    octetNumber(a) === (curves[curve].a + p) % p &&
    octetNumber(b) === curves[curve].b &&
    isGenerator(curve, expectTag(generator, derTag.octetString).content)
  if (!same) throw new KeyFileRefused('explicit-curve')
  return curve
}

const derNumber = (element: DerElement | undefined): bigint => toInteger(derUnsignedInteger(element))
const octetNumber = (element: DerElement | undefined): bigint =>
  toInteger(expectTag(element, derTag.octetString).content)

function isGenerator(curve: CurveName, octets: Uint8Array): boolean {
  const { x, y } = decodePoint(curve, octets)
  return toInteger(x) === curves[curve].gx && toInteger(y) === curves[curve].gy
}
