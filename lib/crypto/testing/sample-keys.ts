import { decodeBase64, decodeBase64Url } from '../base64'
import type { Bytes } from '../bytes'
import type { CurveName } from '../curves'
import type { EcPrivateNumbers, PrivateNumbers, RsaPrivateNumbers } from '../private-key/private-numbers'
import samples from './sample-keys.json'

export type SampleRsa = 'RSA-2048' | 'RSA-3072' | 'RSA-4096'
export const sampleRsas: readonly SampleRsa[] = ['RSA-2048', 'RSA-3072', 'RSA-4096']
export const sampleCurves: readonly CurveName[] = ['P-256', 'P-256K', 'P-384', 'P-521']

/** The PKCS#8 that OpenSSL wrote. */
export const samplePkcs8 = (name: SampleRsa | CurveName): Bytes => decodeBase64(samples.keys[name].pkcs8)

export const sampleSpki = (name: SampleRsa | CurveName): Bytes => decodeBase64(samples.keys[name].spki)
export const samplePkcs1Public = (name: SampleRsa): Bytes => decodeBase64(samples.keys[name].pkcs1Public)

export function sampleRsaNumbers(name: SampleRsa): Required<RsaPrivateNumbers> {
  const { n, e, d, p, q, dp, dq, qi } = samples.keys[name].jwk
  const [first, ...rest] = [n, e, d, p, q, dp, dq, qi].map(decodeBase64Url)
  const [exponent, secret, one, other, dOne, dOther, inverse] = rest
  if (!first || !exponent || !secret || !one || !other || !dOne || !dOther || !inverse)
    throw new Error('no such sample')
  return { kind: 'RSA', n: first, e: exponent, d: secret, p: one, q: other, dp: dOne, dq: dOther, qi: inverse }
}

export function sampleEcNumbers(curve: CurveName): Required<EcPrivateNumbers> {
  const { d, x, y } = samples.keys[curve].jwk
  return { kind: 'EC', curve, d: decodeBase64Url(d), point: { x: decodeBase64Url(x), y: decodeBase64Url(y) } }
}

export const sampleNumbers = (name: SampleRsa | CurveName): PrivateNumbers =>
  name === 'RSA-2048' || name === 'RSA-3072' || name === 'RSA-4096' ? sampleRsaNumbers(name) : sampleEcNumbers(name)

export const sampleJwk = (name: SampleRsa | CurveName): Record<string, string> => samples.keys[name].jwk
