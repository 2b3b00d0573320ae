import { describe, expect, it } from 'vitest'
import { decodeBase64Url, encodeBase64Url } from '../base64'
import { CryptoError } from '../crypto-error'
import { curveByName } from '../curves'
import { decodeHex, encodeHex } from '../hex'
import { readPkcs8 } from '../key-file/pkcs8'
import { KeyFileRefused } from '../key-file/refusals'
import { publishedVectors } from '../testing/published-vectors'
import { foundKey } from './found-key-of'
import type { PrivateNumbers } from './private-numbers'

type Jwk = Record<string, string>
type JwkGroup = { comment: string; private?: { keys: Jwk[] } }

/** The numbers of a JWK, no more: what a JWK file's reader checks beside is not of this test. */
function numbersOf(jwk: Jwk): PrivateNumbers {
  const member = (name: string) => decodeBase64Url(jwk[name] ?? '')
  if (jwk.kty === 'oct') return { kind: 'oct', bytes: member('k') }
  const [n, e, d, p, q] = ['n', 'e', 'd', 'p', 'q'].map(member)
  if (jwk.kty === 'RSA' && n && e && d && p && q) {
    return { kind: 'RSA', n, e, d, p, q, dp: member('dp'), dq: member('dq'), qi: member('qi') }
  }
  const curve = curveByName(jwk.crv ?? '')
  if (curve === undefined) throw new Error('no curve of ours')
  return { kind: 'EC', curve, d: member('d'), point: { x: member('x'), y: member('y') } }
}

function isBase64Url(text: string): boolean {
  try {
    return encodeBase64Url(decodeBase64Url(text)) === text
  } catch (cause) {
    if (cause instanceof CryptoError) return false
    throw cause
  }
}

async function judge(numbers: PrivateNumbers): Promise<string> {
  try {
    return (await foundKey(numbers)).kind
  } catch (cause) {
    if (cause instanceof KeyFileRefused) return cause.code
    throw cause
  }
}

const jwks = await publishedVectors<{ testGroups: JwkGroup[] }>('json_web_key_test.json')

describe.skipIf(jwks === null)('private JWKs among the published vectors', () => {
  const keysOf = (comment: string) =>
    (jwks?.testGroups ?? []).filter((group) => group.comment === comment).flatMap((group) => group.private?.keys ?? [])

  it.each([
    ['rs256', 'RSA'],
    ['jws_rsa_roca_key', 'rsa-size'], // it has 2049 bits
    ['keysize_too_small', 'rsa-size'],
    ['exponentOne', 'rsa-exponent'],
    ['invalid_point', 'ec-inconsistent'],
    ['wrong_curve', 'ec-inconsistent'],
  ])('%s: %s', async (comment, verdict) => {
    const keys = keysOf(comment)
    expect(keys.length).toBeGreaterThan(0)
    for (const jwk of keys) expect(await judge(numbersOf(jwk))).toBe(verdict)
  })

  it('symmetric ones are taken by their length alone', async () => {
    const all = (jwks?.testGroups ?? []).flatMap((group) => group.private?.keys ?? [])
    // Some texts end in stray bits, which base64url proper has not: a reader refuses them before.
    const keys = all.filter((jwk) => jwk.kty === 'oct' && isBase64Url(jwk.k ?? ''))
    expect(keys.length).toBeGreaterThan(5)
    for (const jwk of keys) {
      const length = decodeBase64Url(jwk.k ?? '').length
      expect(await judge(numbersOf(jwk))).toBe([16, 24, 32].includes(length) ? 'oct' : 'symmetric-length')
    }
  })
})

type KeyGroups = { testGroups: { privateKeyPkcs8: string; privateKeyJwk?: Jwk }[] }
const sound = await publishedVectors<KeyGroups>('rsa_oaep_2048_sha1_mgf1sha1_test.json')
const threePrimes = await publishedVectors<KeyGroups>('rsa_three_primes_oaep_2048_sha1_mgf1sha1_test.json')

describe.skipIf(sound === null || threePrimes === null)('PKCS#8 among the published vectors', () => {
  it('of two primes becomes the same PKCS#8 and the same JWK', async () => {
    for (const { privateKeyPkcs8, privateKeyJwk = {} } of sound?.testGroups ?? []) {
      const key = await foundKey(readPkcs8(decodeHex(privateKeyPkcs8)))
      expect(encodeHex(key.material)).toBe(privateKeyPkcs8)
      const { n, e, d, p, q, dp, dq, qi } = privateKeyJwk
      expect(key.toPrivateJwk()).toEqual({ kty: 'RSA', n, e, d, p, q, dp, dq, qi })
    }
  })

  it('of three primes is refused as that', () => {
    for (const { privateKeyPkcs8 } of threePrimes?.testGroups ?? []) {
      const refusal = expect.objectContaining({ code: 'rsa-multi-prime' })
      expect(() => readPkcs8(decodeHex(privateKeyPkcs8))).toThrow(refusal)
    }
  })
})
