import { describe, expect, it } from 'vitest'
import { decodeBase64Url } from '../base64'
import { copyBytes } from '../bytes'
import type { CurveName } from '../curves'
import { readPkcs8 } from './pkcs8'

const octetsOf = (text: string | undefined) => decodeBase64Url(text ?? '')

describe('a PrivateKeyInfo that the platform made', () => {
  it('gives RSA’s eight numbers', async () => {
    const algorithm = {
      name: 'RSA-PSS',
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
      hash: 'SHA-256',
    }
    const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
    const jwk = await crypto.subtle.exportKey('jwk', privateKey)
    const numbers = readPkcs8(new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey)))
    const { n, e, d, p, q, dp, dq, qi } = jwk
    const members = Object.entries({ n, e, d, p, q, dp, dq, qi }).map(([name, text]) => [name, octetsOf(text)])
    expect(numbers).toEqual({ kind: 'RSA', ...Object.fromEntries(members) })
  })

  it.each<CurveName>(['P-256', 'P-384', 'P-521'])('gives the number and the point of %s', async (curve) => {
    const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: curve }, true, ['sign'])
    const jwk = await crypto.subtle.exportKey('jwk', privateKey)
    const der = copyBytes(new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey)))
    const [d, x, y] = [jwk.d, jwk.x, jwk.y].map(octetsOf)
    expect(readPkcs8(der)).toEqual({ kind: 'EC', curve, d, point: { x, y } })
  })
})
