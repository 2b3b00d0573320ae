import { encodeBase64Url } from '../base64'
import { leftPadded } from '../big-integer'
import type { Pkcs8Der, RawSecretKey } from '../bytes'
import { CryptoError } from '../crypto-error'
import type { CurveName } from '../curves'
import { curves } from '../curves'
import { derChildren, derTag, derUnsignedInteger, expectTag, readDer } from '../der-reader'
import type { VaultPrivateJwk } from './found-key'

// They read what `pkcs8-encoding.ts` wrote: the material is the one place where the key is kept.

export function rsaPrivateJwk(material: Pkcs8Der): VaultPrivateJwk {
  const [, n, e, d, p, q, dp, dq, qi] = derChildren(innerKey(material)).map(derUnsignedInteger)
  if (!n || !e || !d || !p || !q || !dp || !dq || !qi) throw new CryptoError('key-wiped')
  const half = (bytes: Uint8Array) => padded(bytes, n.length / 2)
  return {
    kty: 'RSA',
    n: encodeBase64Url(n),
    e: encodeBase64Url(e),
    d: padded(d, n.length),
    ...{ p: half(p), q: half(q), dp: half(dp), dq: half(dq), qi: half(qi) },
  }
}

export function ecPrivateJwk(material: Pkcs8Der, curve: CurveName): VaultPrivateJwk {
  const [, d, publicHalf] = derChildren(innerKey(material))
  const [point] = publicHalf ? derChildren(publicHalf) : []
  if (!d || !point) throw new CryptoError('key-wiped')
  const { coordinateBytes } = curves[curve]
  // A BIT STRING's octet of unused bits, the octet of the uncompressed form, and the two coordinates.
  const [x, y] = [point.content.subarray(2, 2 + coordinateBytes), point.content.subarray(2 + coordinateBytes)]
  return { kty: 'EC', crv: curve, x: encodeBase64Url(x), y: encodeBase64Url(y), d: padded(d.content, coordinateBytes) }
}

export const symmetricJwk = (material: RawSecretKey): VaultPrivateJwk => ({ kty: 'oct', k: encodeBase64Url(material) })

function innerKey(material: Pkcs8Der) {
  const [, , key] = derChildren(readDer(material))
  return readDer(expectTag(key, derTag.octetString).content)
}

/** RFC 7518 sections 6.2.2.1 and 6.3.2 as the vaults read them: each private member of its full length. */
function padded(bytes: Uint8Array, length: number): string {
  const full = leftPadded(bytes, length)
  if (full === null) throw new CryptoError('key-length')
  const text = encodeBase64Url(full)
  full.fill(0)
  return text
}
