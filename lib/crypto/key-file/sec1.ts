import { copyBytes, equalBytes } from '../bytes'
import { type CurvePoint, decodePoint } from '../curve-point'
import type { CurveName } from '../curves'
import { type DerElement, derBitString, derChildren, derTag, expectTag, readDer } from '../der-reader'
import type { EcPrivateNumbers } from '../private-key/private-numbers'
import { curveOfParameters } from './curve-of-parameters'
import { curveOfPoint } from './curve-of-point'
import { inRefusals } from './in-refusals'
import { KeyFileRefused } from './refusals'

const parametersTag = 0xa0
const publicKeyTag = 0xa1

/**
 * SEC 1's ECPrivateKey (RFC 5915). `outer`: the curve that the PKCS#8 around it names; the two must be one. Where neither
 * names one, it is the curve that the public half is on. Throws `KeyFileRefused`: `damaged`, `unsupported-curve`,
 * `explicit-curve`, `ec-inconsistent`.
 */
export const readSec1 = (der: Uint8Array, outer?: CurveName): EcPrivateNumbers =>
  inRefusals(() => {
    const [version, secret, ...more] = derChildren(expectTag(readDer(der), derTag.sequence))
    const { content } = expectTag(version, derTag.integer)
    if (content.length !== 1 || content[0] !== 1) throw new KeyFileRefused('damaged')
    const { content: d } = expectTag(secret, derTag.octetString)
    const fields = optionalFields(more)
    const octets = fields.publicKey && derBitString(fields.publicKey)
    const named = agreedCurve(fields.parameters && curveOfParameters(fields.parameters), outer)
    const curve = named ?? curveOfUnnamed(octets)
    const point = octets && readPoint(curve, octets)
    return { kind: 'EC', curve, d: copyBytes(d), ...(point === undefined ? {} : { point }) }
  })

function optionalFields(elements: readonly DerElement[]): { parameters?: DerElement; publicKey?: DerElement } {
  const fields: { parameters?: DerElement; publicKey?: DerElement } = {}
  for (const element of elements) {
    const [inner, ...more] = derChildren(element)
    if (inner === undefined || more.length > 0) throw new KeyFileRefused('damaged')
    const name = element.tag === parametersTag ? 'parameters' : element.tag === publicKeyTag ? 'publicKey' : undefined
    if (name === undefined || fields[name] !== undefined) throw new KeyFileRefused('damaged')
    fields[name] = inner
  }
  return fields
}

function agreedCurve(inner: CurveName | undefined, outer: CurveName | undefined): CurveName | undefined {
  if (inner !== undefined && outer !== undefined && inner !== outer)
    throw new KeyFileRefused('ec-inconsistent', { detail: 'It names two different curves.' })
  return outer ?? inner
}

/** RFC 5915 section 3 demands the name; where it is left out the public half tells it. */
function curveOfUnnamed(point: Uint8Array | undefined): CurveName {
  const curve = point && curveOfPoint(point)
  if (curve === undefined)
    throw new KeyFileRefused('unsupported-curve', {
      detail: 'The file names no curve, and its public half is on none of these.',
    })
  return curve
}

/** A point as files have it: SEC 1's forms, and X9.62's hybrid one, which says the parity of a full point's y again. */
export function readPoint(curve: CurveName, octets: Uint8Array): CurvePoint {
  const form = octets[0] ?? 0
  const hybrid = (form & 0xfe) === 0x06
  if (!hybrid) return decodePoint(curve, octets)
  if (((octets.at(-1) ?? 0) & 1) !== (form & 1)) throw new KeyFileRefused('ec-inconsistent')
  return decodePoint(curve, Uint8Array.of(0x04, ...octets.subarray(1)))
}

export const isSamePoint = (one: CurvePoint, other: CurvePoint): boolean =>
  equalBytes(one.x, other.x) && equalBytes(one.y, other.y)
