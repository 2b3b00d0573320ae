import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { calculateJwkThumbprint, exportJWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { CryptoError } from './crypto-error'
import { type CurveName, curveNames, curves } from './curves'
import { writeDerBitString, writeDerObjectIdentifier, writeDerSequence } from './der-writer'
import { encodeHex } from './hex'
import { publicKeyFromJwk } from './public-key'
import { readPublicKeyFile } from './public-key-file'
import { encodeSpki, jwkToSpki, parseSpki, spkiToJwk } from './spki'
import { publishedVectors } from './testing/published-vectors'
import { jwkThumbprint, spkiSha256Hex, spkiThumbprint } from './thumbprint'
import { publicKeyWeaknesses } from './weak-public-key'

const openSslName: Record<CurveName, string> = {
  'P-256': 'prime256v1',
  'P-256K': 'secp256k1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
}
const keys: [string, KeyObject][] = [
  ...[2048, 3072].map((bits): [string, KeyObject] => [
    `RSA-${bits}`,
    generateKeyPairSync('rsa', { modulusLength: bits }).publicKey,
  ]),
  ...curveNames.map((name): [string, KeyObject] => [
    name,
    generateKeyPairSync('ec', { namedCurve: openSslName[name] }).publicKey,
  ]),
]
const derOf = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' })

describe.each(keys)('the public key of %s', (name, key) => {
  it('is written as OpenSSL writes it', () => {
    expect(encodeHex(encodeSpki(parseSpki(derOf(key))))).toBe(derOf(key).toString('hex'))
  })

  it('becomes the JWK that JOSE registers, and back', () => {
    expect(spkiToJwk(derOf(key))).toEqual(key.export({ format: 'jwk' }))
    expect(encodeHex(jwkToSpki(spkiToJwk(derOf(key))))).toBe(derOf(key).toString('hex'))
  })

  it("is understood in the vaults' words", () => {
    const { kty, ...rest } = spkiToJwk(derOf(key))
    const crv = kty === 'EC' ? { crv: name } : {}
    expect(encodeHex(jwkToSpki({ kty: `${kty}-HSM`, ...rest, ...crv }))).toBe(derOf(key).toString('hex'))
  })

  it('has the thumbprints that jose and OpenSSL give it', async () => {
    expect(await spkiThumbprint(derOf(key))).toBe(await calculateJwkThumbprint(await exportJWK(key)))
    expect(await spkiSha256Hex(derOf(key))).toBe(createHash('sha256').update(derOf(key)).digest('hex'))
  })

  it('is read from PEM and from DER', () => {
    const pem = Buffer.from(
      `exported by a device\r\n${key.export({ type: 'spki', format: 'pem' })}`.replaceAll('\n', '\r\n'),
    )
    expect(encodeHex(readPublicKeyFile(pem).spki)).toBe(derOf(key).toString('hex'))
    expect(encodeHex(readPublicKeyFile(derOf(key)).spki)).toBe(derOf(key).toString('hex'))
  })
})

it('reads a compressed point as the same key', () => {
  for (const [, key] of keys.slice(2)) {
    const parsed = parseSpki(derOf(key))
    if (parsed.kind !== 'ec') throw new Error('expected a curve')
    const point = Buffer.concat([Buffer.of((parsed.y.at(-1) ?? 0) & 1 ? 3 : 2), parsed.x])
    const names = ['1.2.840.10045.2.1', curves[parsed.curve].oid].map(writeDerObjectIdentifier)
    const compressed = writeDerSequence(writeDerSequence(...names), writeDerBitString(point))
    expect(encodeHex(encodeSpki(parseSpki(compressed)))).toBe(derOf(key).toString('hex'))
  }
})

it('reads PKCS#1 public keys', () => {
  const [, rsa] = keys[0] ?? []
  if (rsa === undefined) throw new Error('no key')
  for (const format of ['pem', 'der'] as const) {
    const file = Buffer.from(rsa.export({ type: 'pkcs1', format: 'der' }))
    const bytes = format === 'der' ? file : Buffer.from(rsa.export({ type: 'pkcs1', format: 'pem' }))
    expect(encodeHex(readPublicKeyFile(bytes).spki)).toBe(derOf(rsa).toString('hex'))
  }
})

it('refuses private keys where a public key belongs', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const pem = Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const der = privateKey.export({ type: 'pkcs8', format: 'der' })
  for (const file of [pem, der]) {
    expect(() => readPublicKeyFile(file)).toThrow(expect.objectContaining({ code: 'private-key-given' }))
  }
})

it('refuses another curve or algorithm by name', () => {
  const { publicKey } = generateKeyPairSync('ed25519')
  expect(() => parseSpki(derOf(publicKey))).toThrow(expect.objectContaining({ code: 'spki-unsupported' }))
  const brainpool = generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' }).publicKey
  expect(() => parseSpki(derOf(brainpool))).toThrow(expect.objectContaining({ code: 'spki-unsupported' }))
})

it('gives the thumbprint of RFC 7638 section 3.1', async () => {
  const n =
    '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw'
  expect(await jwkThumbprint({ kty: 'RSA', n, e: 'AQAB' })).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs')
})

type JwkVectors = {
  testGroups: {
    comment: string
    public?: { keys: Record<string, string>[] }
    tests: { result: string; comment: string }[]
  }[]
}
const vectors = publishedVectors<JwkVectors>('json_web_key_test.json')
const refused = ['jws_rsa_roca_key', 'keysize_too_small', 'exponentOne', 'invalid_point', 'wrong_curve', 'wrong_kty']

function judge(jwk: Record<string, string>): 'refused' | 'accepted' {
  try {
    return publicKeyWeaknesses(publicKeyFromJwk(jwk)).length > 0 ? 'refused' : 'accepted'
  } catch (cause) {
    if (cause instanceof CryptoError) return 'refused'
    throw cause
  }
}

describe.skipIf(vectors === null)('malformed and weak JWKs among the published vectors', () => {
  const asymmetric = (vectors?.testGroups ?? []).filter((group) => group.public !== undefined)
  const judged = (comment: string) =>
    asymmetric.filter((group) => group.comment === comment || group.tests.some((test) => test.comment === comment))

  it('are refused', () => {
    for (const comment of refused) {
      const groups = judged(comment)
      expect(groups.length, comment).toBeGreaterThan(0)
      for (const group of groups) expect(group.public?.keys.map(judge), comment).toContain('refused')
    }
  })

  it('do not take sound keys with them', () => {
    const sound = asymmetric.filter((group) => group.tests.every(({ result }) => result === 'valid'))
    for (const group of sound) expect(group.public?.keys.map(judge)).not.toContain('refused')
  })
})

it('answers hostile DER with a typed refusal', () => {
  const [, key] = keys[2] ?? []
  if (key === undefined) throw new Error('no key')
  const good = derOf(key)
  const attempt = (bytes: Uint8Array) => {
    try {
      parseSpki(bytes)
    } catch (cause) {
      expect(cause).toBeInstanceOf(CryptoError)
    }
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), attempt), { numRuns: 500 })
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
      const changed = Uint8Array.from(good)
      changed[at] = value
      attempt(changed)
    }),
    { numRuns: 500 },
  )
  expect(createPublicKey({ key: good, format: 'der', type: 'spki' }).asymmetricKeyType).toBe('ec')
})
