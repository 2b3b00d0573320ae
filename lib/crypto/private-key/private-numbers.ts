import type { Bytes } from '../bytes'
import type { CurvePoint } from '../curve-point'
import type { CurveName } from '../curves'

/**
 * A private key as a file's reader found it, before anything was checked. Big-endian, without regard to leading zeros.
 * CRT members (`dp`, `dq`, `qi`) and the public point may be missing: they are computed.
 */
export type PrivateNumbers = RsaPrivateNumbers | EcPrivateNumbers | SymmetricNumbers

export interface RsaPrivateNumbers {
  kind: 'RSA'
  n: Bytes
  e: Bytes
  d: Bytes
  p: Bytes
  q: Bytes
  dp?: Bytes
  dq?: Bytes
  qi?: Bytes
}

export interface EcPrivateNumbers {
  kind: 'EC'
  curve: CurveName
  d: Bytes
  point?: CurvePoint
}

export interface SymmetricNumbers {
  kind: 'oct'
  bytes: Bytes
}
