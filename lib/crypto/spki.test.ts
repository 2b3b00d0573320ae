import fc from 'fast-check'
import { calculateJwkThumbprint } from 'jose'
import { describe, expect, it } from 'vitest'
import { concatBytes } from './bytes'
import { CryptoError } from './crypto-error'
import { curves } from './curves'
import { writeDerBitString, writeDerObjectIdentifier, writeDerSequence } from './der-writer'
import { decodeHex, encodeHex } from './hex'
import { writePem } from './pem'
import { publicKeyFromJwk } from './public-key'
import { readPublicKeyFile } from './public-key-file'
import { encodeSpki, jwkToSpki, parseSpki, spkiToJwk } from './spki'
import { publishedVectors } from './testing/published-vectors'
import { sampleCurves, sampleJwk, samplePkcs1Public, samplePkcs8, sampleRsas, sampleSpki } from './testing/sample-keys'
import { jwkThumbprint, spkiSha256Hex, spkiThumbprint } from './thumbprint'
import { publicKeyWeaknesses } from './weak-public-key'

const names = [...sampleRsas, ...sampleCurves]

describe.each(names)('the public key of %s', (name) => {
  const der = sampleSpki(name)
  const { kty = '', n, e, crv, x, y } = sampleJwk(name)
  const jwk = kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y }

  it('is written as OpenSSL writes it', () => {
    expect(encodeHex(encodeSpki(parseSpki(der)))).toBe(encodeHex(der))
  })

  it('becomes the JWK that JOSE registers, and back', () => {
    expect(spkiToJwk(der)).toEqual(jwk)
    expect(encodeHex(jwkToSpki(jwk))).toBe(encodeHex(der))
  })

  it("is understood in the vaults' words", () => {
    const named = kty === 'EC' ? { crv: name } : {}
    expect(encodeHex(jwkToSpki({ ...jwk, kty: `${kty}-HSM`, ...named }))).toBe(encodeHex(der))
  })

  it('has the thumbprints that jose and the platform’s SHA-256 give it', async () => {
    expect(await spkiThumbprint(der)).toBe(await calculateJwkThumbprint(jwk))
    expect(await spkiSha256Hex(der)).toBe(encodeHex(new Uint8Array(await crypto.subtle.digest('SHA-256', der))))
  })

  it('is read from PEM and from DER', () => {
    const pem = new TextEncoder().encode(
      `exported by a device\r\n${writePem('PUBLIC KEY', der)}`.replace(/\n/g, '\r\n'),
    )
    expect(encodeHex(readPublicKeyFile(pem).spki)).toBe(encodeHex(der))
    expect(encodeHex(readPublicKeyFile(der).spki)).toBe(encodeHex(der))
  })
})

it('reads a compressed point as the same key', () => {
  for (const name of sampleCurves) {
    const parsed = parseSpki(sampleSpki(name))
    if (parsed.kind !== 'ec') throw new Error('expected a curve')
    const point = concatBytes(Uint8Array.of((parsed.y.at(-1) ?? 0) & 1 ? 3 : 2), parsed.x)
    const names = ['1.2.840.10045.2.1', curves[parsed.curve].oid].map(writeDerObjectIdentifier)
    const compressed = writeDerSequence(writeDerSequence(...names), writeDerBitString(point))
    expect(encodeHex(encodeSpki(parseSpki(compressed)))).toBe(encodeHex(sampleSpki(name)))
  }
})

it('reads PKCS#1 public keys', () => {
  for (const name of sampleRsas) {
    const der = samplePkcs1Public(name)
    for (const bytes of [der, new TextEncoder().encode(writePem('RSA PUBLIC KEY', der))]) {
      expect(encodeHex(readPublicKeyFile(bytes).spki)).toBe(encodeHex(sampleSpki(name)))
    }
  }
})

it('refuses private keys where a public key belongs', () => {
  const der = samplePkcs8('P-256')
  for (const file of [new TextEncoder().encode(writePem('PRIVATE KEY', der)), der]) {
    expect(() => readPublicKeyFile(file)).toThrow(expect.objectContaining({ code: 'private-key-given' }))
  }
})

it.each([
  ['ed25519', '302a300506032b657003210047f10319a766b90d453dfc964ed0fabf599249e602e1174d81fa415ac33aa55c'],
  [
    'brainpoolP256r1',
    '305a301406072a8648ce3d020106092b24030302080101070342000475d5db1e601e568c08341d4dfe76b076373255652222165d318b318cc3a180d5541c9beabe7602f25399f1e9dda996fc21b1c8f530b4e9401a24329eb83e612e',
  ],
])('refuses another curve or algorithm by name: %s', (_, spki) => {
  expect(() => parseSpki(decodeHex(spki))).toThrow(expect.objectContaining({ code: 'spki-unsupported' }))
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
const vectors = await publishedVectors<JwkVectors>('json_web_key_test.json')
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
  const good = sampleSpki('P-256')
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
  expect(parseSpki(good).kind).toBe('ec')
})
