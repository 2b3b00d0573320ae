import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeAttestationToken, maxTokenLength, remarksOn } from './decode-attestation-token'
import { TOKEN_PROBLEM_WORDS, type TokenProblemCode } from './token-problem'

const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const token = (header: unknown, claims: unknown) => `${part(header)}.${part(claims)}.AAAA`
const header = { alg: 'RS256', kid: 'k', typ: 'JWT' }
const claims = { iss: 'https://a.example', iat: 100, nbf: 100, exp: 200, secureboot: true }
const nested = (depth: number) => `{"iss":"a","a":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`

describe('decoding a token', () => {
  it('gives header, issuer, claims, times and what was signed', () => {
    const text = token(header, claims)
    expect(decodeAttestationToken(`\n ${text}\n`)).toMatchObject({
      ok: true,
      value: {
        header,
        algorithm: 'RS256',
        keyId: 'k',
        issuer: 'https://a.example',
        claims,
        times: { issuedAt: 100, notBefore: 100, expires: 200 },
        signed: text.slice(0, text.lastIndexOf('.')),
        signature: Uint8Array.of(0, 0, 0),
      },
    })
  })

  it.each<[string, string, TokenProblemCode]>([
    ['nothing', ' ', 'empty'],
    ['10 MB', 'e'.repeat(10_000_000), 'too-large'],
    ['a claim of 10 MB', token(header, { iss: 'a', c: 'x'.repeat(10_000_000) }), 'too-large'],
    ['a sentence', 'paste here', 'not-a-token'],
    ['four parts', 'a.b.c.d', 'not-a-token'],
    ['an encrypted one', 'a.b.c.d.e', 'encrypted'],
    ['a wrapped line', `${token(header, claims).replace('.', '.\n')}`, 'not-base64url'],
    ['a header that is no text', `${Buffer.of(0xff, 0xfe).toString('base64url')}.e30.AAAA`, 'not-json'],
    ['cut claims', token(header, '{"iss":'), 'not-json'],
    ['a list', token(header, '[]'), 'not-an-object'],
    ['claims of great depth', token(header, nested(10_000)), 'too-deep'],
    ['an issuer that stands twice', token(header, '{"iss":"a","iss":"b"}'), 'duplicate-member'],
    ['an algorithm that stands twice', token('{"alg":"RS256","alg":"none"}', claims), 'duplicate-member'],
    ['no algorithm', token({ typ: 'JWT' }, claims), 'no-algorithm'],
    ['alg none', token({ alg: 'none' }, claims), 'alg-none'],
    ['alg none without a signature', token({ alg: 'none' }, claims).replace(/AAAA$/, ''), 'alg-none'],
    ['no signature', token(header, claims).replace(/AAAA$/, ''), 'not-a-token'],
    ['alg NoNe', token({ alg: 'NoNe' }, claims), 'alg-none'],
    ['a critical extension', token({ ...header, crit: ['b64'], b64: false }, claims), 'critical-extension'],
    ['no issuer', token(header, { exp: 1 }), 'no-issuer'],
    ['an issuer that is no text', token(header, { iss: ['a'] }), 'no-issuer'],
    ['an inherited issuer', token(header, '{"__proto__":{"iss":"a"}}'), 'no-issuer'],
    ['times that are texts', token(header, { iss: 'a', exp: '200' }), 'times-unreadable'],
    ['times without end', token(header, '{"iss":"a","exp":1e999}'), 'times-unreadable'],
  ])('names %s', (_what, text, problem) => {
    expect(decodeAttestationToken(text)).toEqual({ ok: false, error: problem })
    expect(TOKEN_PROBLEM_WORDS[problem]).toMatch(/\.$/)
  })

  it('takes script and odd names for what they are: text, and own members', () => {
    const odd = '{"iss":"<script>alert(1)</script>","__proto__":{"polluted":true},"constructor":1}'
    const read = decodeAttestationToken(token(header, odd))
    expect(read).toMatchObject({ ok: true, value: { issuer: '<script>alert(1)</script>' } })
    expect(Object.getPrototypeOf(read.ok ? read.value.claims : {})).toBe(Object.prototype)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('of any text never throws, and is quick about a text of the largest size', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.tuple(fc.json(), fc.json()).map(([a, b]) => token(a, b)),
        ),
        (text) => typeof decodeAttestationToken(text).ok === 'boolean',
      ),
    )
    const began = performance.now()
    decodeAttestationToken(token(header, '['.repeat(90_000)))
    decodeAttestationToken('.'.repeat(maxTokenLength))
    expect(performance.now() - began).toBeLessThan(1000)
  })

  it('sees what is odd about its times', () => {
    expect(remarksOn({ issuedAt: 1, notBefore: 100, expires: 200 }, 150)).toEqual([])
    expect(remarksOn({ issuedAt: 1, notBefore: 100, expires: 200 }, 99)).toEqual(['not-yet-valid'])
    expect(remarksOn({ issuedAt: 1, notBefore: null, expires: 200 }, 200)).toEqual(['expired'])
    expect(remarksOn({ issuedAt: null, notBefore: null, expires: null }, 1)).toEqual(['no-expiry'])
  })
})
