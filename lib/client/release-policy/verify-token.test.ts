import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decodeAttestationToken } from '@/lib/domain/releases/decode-attestation-token'
import { readTrustedKeys } from './trusted-keys'
import { verifyToken } from './verify-token'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()
const jwk = (key: KeyObject, more: object = {}) => ({ ...key.export({ format: 'jwk' }), ...more })
const jwks = (...keys: object[]) => JSON.stringify({ keys })

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
type Signer = (input: Buffer) => Buffer
const rs256 =
  (key: KeyObject): Signer =>
  (input) =>
    sign('sha256', input, key)
const ps256 =
  (key: KeyObject): Signer =>
  (input) =>
    sign('sha256', input, { key, padding: 6, saltLength: 32 })
const es256 =
  (key: KeyObject): Signer =>
  (input) =>
    sign('sha256', input, { key, dsaEncoding: 'ieee-p1363' })
function token(header: object, signer: Signer) {
  const signed = `${encoded({ kid: 'k', ...header })}.${encoded({ iss: 'https://a.example', a: 1 })}`
  return `${signed}.${signer(Buffer.from(signed)).toString('base64url')}`
}

async function verdict(text: string, keys: string) {
  const [decoded, trusted] = [decodeAttestationToken(text), readTrustedKeys(keys)]
  if (!decoded.ok) return decoded.error
  return trusted.ok ? verifyToken(decoded.value, trusted.value) : trusted.error
}

describe('a token’s signature, verified by the keys that were given', () => {
  it('RS256, PS256 and ES256, by JWKS, by PEM, by a single JWK', async () => {
    const cases = [
      [
        token({ alg: 'RS256' }, rs256(rsa.privateKey)),
        jwks(jwk(other.publicKey, { kid: 'o' }), jwk(rsa.publicKey, { kid: 'k' })),
      ],
      [token({ alg: 'RS256' }, rs256(rsa.privateKey)), `${pem(other.publicKey)}\n${pem(rsa.publicKey)}`],
      [token({ alg: 'PS256' }, ps256(rsa.privateKey)), pem(rsa.publicKey)],
      [token({ alg: 'ES256' }, es256(ec.privateKey)), JSON.stringify(jwk(ec.publicKey))],
    ] as const
    for (const [text, keys] of cases) expect(await verdict(text, keys)).toBe('verified')
  })

  it('is wrong by another key, over changed claims, and in the other’s padding', async () => {
    const good = token({ alg: 'RS256' }, rs256(rsa.privateKey))
    expect(await verdict(good, pem(other.publicKey))).toBe('wrong')
    const [head, , seal] = good.split('.')
    expect(await verdict(`${head}.${encoded({ iss: 'https://a.example', a: 2 })}.${seal}`, pem(rsa.publicKey))).toBe(
      'wrong',
    )
    expect(await verdict(token({ alg: 'PS256' }, rs256(rsa.privateKey)), pem(rsa.publicKey))).toBe('wrong')
    expect(
      await verdict(
        token({ alg: 'ES256' }, () => Buffer.alloc(64)),
        pem(ec.publicKey),
      ),
    ).toBe('wrong')
  })

  it('refuses a public key as a shared secret, and every algorithm but three', async () => {
    const hmac: Signer = (input) => createHmac('sha256', pem(rsa.publicKey)).update(input).digest()
    expect(await verdict(token({ alg: 'HS256' }, hmac), pem(rsa.publicKey))).toBe('algorithm-refused')
    for (const alg of ['RS512', 'rs256', 'EdDSA', '__proto__', 'constructor'])
      expect(await verdict(token({ alg }, rs256(rsa.privateKey)), pem(rsa.publicKey))).toBe('algorithm-refused')
  })

  it('refuses a key of another kind, of another algorithm, of another name, or too short', async () => {
    const good = token({ alg: 'RS256' }, rs256(rsa.privateKey))
    expect(await verdict(good, pem(ec.publicKey))).toBe('key-of-another-kind')
    expect(await verdict(good, jwks(jwk(rsa.publicKey, { kid: 'k', alg: 'PS256' })))).toBe('key-of-another-kind')
    expect(await verdict(good, jwks(jwk(rsa.publicKey, { kid: 'another' })))).toBe('no-such-key')
    expect(await verdict(token({ alg: 'RS256' }, rs256(weak.privateKey)), pem(weak.publicKey))).toBe('weak-key')
  })

  it('takes no key that the token brings along', async () => {
    const own = token({ alg: 'RS256', jwk: jwk(other.publicKey), jku: 'https://b.example' }, rs256(other.privateKey))
    expect(await verdict(own, jwks(jwk(rsa.publicKey, { kid: 'k' })))).toBe('wrong')
  })
})

describe('the keys that are given', () => {
  it.each([
    ['a private JWK', jwks(jwk(rsa.privateKey)), 'private'],
    ['a private PEM', rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'private'],
    ['a secret', jwks({ kty: 'oct', k: 'AA' }), 'private'],
    ['keys for encryption', jwks(jwk(rsa.publicKey, { use: 'enc' })), 'none-for-signatures'],
    ['a sentence', 'the keys', 'unreadable'],
    ['an empty set', '{"keys":[]}', 'unreadable'],
    ['a certificate that is none', jwks({ kty: 'RSA', kid: 'k', x5c: ['AAAA'] }), 'unreadable'],
    ['too many', jwks(...Array.from({ length: 51 }, () => jwk(ec.publicKey))), 'too-large'],
    ['too much', ' '.repeat(300_000), 'too-large'],
  ])('%s: %#', (_what, text, problem) => {
    expect(readTrustedKeys(text)).toEqual({ ok: false, error: problem })
  })

  it('whose members and certificate are two keys is none', () => {
    const mixed = jwk(ec.publicKey, { x5c: [Buffer.from(pem(rsa.publicKey)).toString('base64')] })
    expect(readTrustedKeys(jwks(mixed))).toEqual({ ok: false, error: 'unreadable' })
  })
})
