import { decodeBase64Url } from '../base64'
import { type Bytes, copyBytes, wipe } from '../bytes'
import type { CurvePoint } from '../curve-point'
import { type CurveName, curves } from '../curves'
import { encodeEcPkcs8 } from './pkcs8-encoding'

/** d·G, the public half of a scalar of full length that is in range. P-256K by noble, loaded when it is met. */
export const derivePoint = (curve: CurveName, d: Bytes): Promise<CurvePoint> =>
  curve === 'P-256K' ? deriveByNoble(d) : deriveByWebCrypto(curve, d)

/** Native: a PKCS#8 without its public half is completed on import. It never sees the file's public half. */
async function deriveByWebCrypto(curve: CurveName, d: Bytes): Promise<CurvePoint> {
  const pkcs8 = encodeEcPkcs8(curve, d)
  try {
    const algorithm = { name: 'ECDSA', namedCurve: curves[curve].jose }
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign'])
    const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', key)
    return { x: decodeBase64Url(x), y: decodeBase64Url(y) }
  } finally {
    wipe(pkcs8)
  }
}

async function deriveByNoble(d: Bytes): Promise<CurvePoint> {
  const { secp256k1 } = await import('@noble/curves/secp256k1.js')
  const octets = secp256k1.getPublicKey(d, false)
  return { x: copyBytes(octets.subarray(1, 33)), y: copyBytes(octets.subarray(33)) }
}
