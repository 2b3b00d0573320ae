import { isOnCurve } from '../curve-point'
import { type CurveName, curveNames, curves } from '../curves'

/**
 * The curve that a full point lies on, for files that name none (GnuTLS 3.7 writes such SEC 1). Its length leaves one or
 * two of ours, and their equations tell those apart: a point of one is on another by chance of one in 2^256. A compressed
 * point would tell nothing, half of all are on any curve. `undefined`: on none of ours, or on more than one.
 */
export function curveOfPoint(octets: Uint8Array): CurveName | undefined {
  const form = octets[0] ?? 0
  if (form !== 0x04 && form !== 0x06 && form !== 0x07) return undefined
  const [only, ...more] = curveNames.filter((name) => {
    const size = curves[name].coordinateBytes
    const [x, y] = [octets.slice(1, 1 + size), octets.slice(1 + size)]
    return octets.length === 1 + 2 * size && isOnCurve(name, { x, y })
  })
  return more.length === 0 ? only : undefined
}
