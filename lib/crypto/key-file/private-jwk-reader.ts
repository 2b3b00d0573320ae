import { decodeBase64Url } from '../base64'
import { type Bytes, wipe } from '../bytes'
import { CryptoError } from '../crypto-error'
import { curveByName } from '../curves'
import type { EcPrivateNumbers, PrivateNumbers, RsaPrivateNumbers } from '../private-key/private-numbers'
import { recoverPrimes } from '../private-key/recover-primes'
import { ecPublicKey } from '../public-key'
import type { JsonObject } from '../strict-json'
import { inRefusals } from './in-refusals'
import type { KeyPiece } from './piece'
import { KeyFileRefused } from './refusals'

/**
 * A private JWK (RFC 7518 section 6), also a vault's with `-HSM` types. Curves by the vaults' name or JOSE's; members
 * shorter or longer than their full length are taken for the number they write; RSA's primes, where it has neither, are
 * computed. Throws `KeyFileRefused`: `jwk-invalid`, `public-key-only`, `rsa-multi-prime`, `rsa-size`, `rsa-exponent`,
 * `rsa-inconsistent`, `unsupported-curve`, `edwards-curve`, `unsupported-algorithm`, `ec-inconsistent`.
 */
export function readPrivateJwk(jwk: JsonObject): Omit<KeyPiece, 'format'> {
  const kid = jwk.get('kid')
  return { piece: 'key', numbers: readNumbers(jwk), ...(typeof kid === 'string' ? { name: kid } : {}) }
}

function readNumbers(jwk: JsonObject): PrivateNumbers {
  const kty = textMember(jwk, 'kty').replace(/-HSM$/, '')
  switch (kty) {
    case 'RSA':
      return readRsa(jwk)
    case 'EC':
      return readEc(jwk)
    case 'oct':
      return { kind: 'oct', bytes: octets(jwk, 'k') }
    case 'OKP':
      throw new KeyFileRefused('edwards-curve')
    case 'AKP':
      throw new KeyFileRefused('unsupported-algorithm')
    default:
      throw new KeyFileRefused('jwk-invalid', { detail: 'Its “kty” is none of RSA, EC and oct.' })
  }
}

function readRsa(jwk: JsonObject): RsaPrivateNumbers {
  if (jwk.has('oth')) throw new KeyFileRefused('rsa-multi-prime')
  if (!jwk.has('d')) throw new KeyFileRefused(jwk.has('n') ? 'public-key-only' : 'jwk-invalid')
  const shown = { n: octets(jwk, 'n'), e: octets(jwk, 'e') }
  const read: Bytes[] = []
  const secret = (member: Member): Bytes => {
    const bytes = octets(jwk, member)
    read.push(bytes)
    return bytes
  }
  try {
    const d = secret('d')
    const primes = jwk.has('p') || jwk.has('q') ? { p: secret('p'), q: secret('q') } : recoverPrimes({ ...shown, d })
    read.push(primes.p, primes.q)
    const numbers: RsaPrivateNumbers = { kind: 'RSA', ...shown, d, ...primes }
    for (const member of ['dp', 'dq', 'qi'] as const) if (jwk.has(member)) numbers[member] = secret(member)
    return numbers
  } catch (cause) {
    wipe(...read)
    throw cause
  }
}

function readEc(jwk: JsonObject): EcPrivateNumbers {
  const crv = textMember(jwk, 'crv')
  const curve = curveByName(crv)
  if (curve === undefined) {
    throw new KeyFileRefused('unsupported-curve', /^[\w-]{1,32}$/.test(crv) ? { detail: `It is ${crv}.` } : {})
  }
  if (!jwk.has('d')) throw new KeyFileRefused(jwk.has('x') ? 'public-key-only' : 'jwk-invalid')
  if (!jwk.has('x') && !jwk.has('y')) return { kind: 'EC', curve, d: octets(jwk, 'd') }
  const { x, y } = inRefusals(() => ecPublicKey(curve, octets(jwk, 'x'), octets(jwk, 'y')))
  return { kind: 'EC', curve, d: octets(jwk, 'd'), point: { x, y } }
}

type Member = 'kty' | 'crv' | 'n' | 'e' | 'd' | 'p' | 'q' | 'dp' | 'dq' | 'qi' | 'x' | 'y' | 'k'

function textMember(jwk: JsonObject, member: Member): string {
  const value = jwk.get(member)
  if (value === undefined) throw new KeyFileRefused('jwk-invalid', { detail: `It has no “${member}”.` })
  if (typeof value !== 'string') throw new KeyFileRefused('jwk-invalid', { detail: `Its “${member}” is no text.` })
  return value
}

function octets(jwk: JsonObject, member: Member): Bytes {
  const text = textMember(jwk, member)
  try {
    return decodeBase64Url(text)
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    throw new KeyFileRefused('jwk-invalid', { detail: `Its “${member}” is not base64url without padding.`, cause })
  }
}
