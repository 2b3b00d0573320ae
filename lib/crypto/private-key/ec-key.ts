import { leftPadded, toInteger } from '../big-integer'
import { type Bytes, equalBytes, wipe } from '../bytes'
import type { CurvePoint } from '../curve-point'
import { type CurveName, curves } from '../curves'
import { KeyFileRefused } from '../key-file/refusals'
import { derivePoint } from './derive-point'
import type { EcPrivateNumbers } from './private-numbers'

export interface EcKey {
  curve: CurveName
  /** Of the curve's full length. */
  d: Bytes
  point: CurvePoint
  /** The file held no public half. */
  publicHalfComputed: boolean
}

/**
 * An EC key whose scalar lies in 1 to order − 1 and whose public half is d·G: computed in any case, and compared with the
 * file's where there is one, which so is on the curve as well. Throws `ec-inconsistent`.
 */
export async function checkEc({ curve, d: given, point }: EcPrivateNumbers): Promise<EcKey> {
  const { coordinateBytes, order } = curves[curve]
  const d = leftPadded(given, coordinateBytes)
  const scalar = d === null ? 0n : toInteger(d)
  if (d === null || scalar === 0n || scalar >= order) {
    if (d) wipe(d)
    throw new KeyFileRefused('ec-inconsistent', { detail: 'The private half is out of range.' })
  }
  try {
    const computed = await derivePoint(curve, d)
    if (point !== undefined && !isSame(computed, point, coordinateBytes))
      throw new KeyFileRefused('ec-inconsistent', { detail: 'The public half belongs to another key.' })
    return { curve, d, point: computed, publicHalfComputed: point === undefined }
  } catch (cause) {
    wipe(d)
    throw cause
  }
}

function isSame(computed: CurvePoint, given: CurvePoint, length: number): boolean {
  const [x, y] = [leftPadded(given.x, length), leftPadded(given.y, length)]
  return x !== null && y !== null && equalBytes(x, computed.x) && equalBytes(y, computed.y)
}
