import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluatePolicy } from './evaluate-policy'
import { findWrappingKey } from './find-wrapping-key'
import type { JsonObject } from './json-object'
import { parseReleasePolicy } from './parse-policy'
import { describeProblem } from './policy-problem'

const authority = 'https://a.example'
const someClaims = fc.record({
  a: fc.oneof(fc.jsonValue(), fc.record({ b: fc.constantFrom('x', 'y', 1, true, null) })),
})

function read(text: string) {
  const parsed = parseReleasePolicy(text)
  if (!parsed.ok) throw new Error(describeProblem(parsed.error))
  return parsed.value
}

describe('an evaluation', () => {
  it('tells of every condition what became of it, also after the verdict is clear', () => {
    const policy = read(
      JSON.stringify({
        version: '1.0.0',
        anyOf: [
          { authority: 'https://b.example', allOf: [{ claim: 'a', equals: 1 }] },
          {
            authority: `${authority}/`,
            allOf: [
              { claim: 'a', equals: 1 },
              { claim: 'gone', equals: 'x' },
              {
                anyOf: [
                  { claim: 'b', equals: 'true' },
                  { claim: 'c', greater: 1 },
                  { claim: 'o', equals: 'x' },
                ],
              },
            ],
          },
        ],
      }),
    )
    const { decision, trace } = evaluatePolicy(policy, { issuer: authority, claims: { a: 2, b: true, c: 5, o: {} } })
    expect(decision).toBe('deny')
    expect(trace[0]).toEqual({ authority: 'https://b.example', isIssuer: false, met: false, condition: null })
    expect(trace[1]?.condition).toMatchObject({
      kind: 'allOf',
      met: false,
      conditions: [
        { claim: 'a', outcome: 'different', wanted: 1 },
        { claim: 'gone', outcome: 'missing' },
        {
          kind: 'anyOf',
          met: true,
          conditions: [
            { claim: 'b', met: true, outcome: 'as-text' },
            { claim: 'c', outcome: 'unsupported-operator', operator: 'greater' },
            { claim: 'o', outcome: 'not-scalar' },
          ],
        },
      ],
    })
  })

  it('never holds a claim’s value: a trace may be shown and logged', () => {
    const policy = read(
      `{"version":"1.0.0","anyOf":[{"authority":"${authority}","allOf":[{"claim":"a","equals":"x"}]}]}`,
    )
    const { trace } = evaluatePolicy(policy, { issuer: authority, claims: { a: 'what the token said' } })
    expect(JSON.stringify(trace)).not.toContain('what the token said')
  })

  it('of any claims never throws, and denies where the one claim is not the value', () => {
    const policy = read(
      `{"version":"1.0.0","anyOf":[{"authority":"${authority}","allOf":[{"claim":"a.b","equals":"x"}]}]}`,
    )
    fc.assert(
      fc.property(someClaims, (claims) => {
        const issuer = authority
        const isMet =
          JSON.stringify(
            // Any JSON value: an absent member of it is undefined.
            (claims.a as JsonObject | null)?.b,
          ) === '"x"'
        return evaluatePolicy(policy, { issuer, claims }).decision === (isMet ? 'allow' : 'deny')
      }),
    )
  })
})

describe('reading', () => {
  it('says where the problem is', () => {
    const parsed = parseReleasePolicy(
      '{"version":"1.0.0","anyOf":[{"authority":"a","allOf":[{"claim":"a","equals":1},{"anyOf":[{"claim":"b"}]}]}]}',
    )
    expect(parsed).toEqual({ ok: false, error: { code: 'operator-missing', at: 'anyOf[0].allOf[1].anyOf[0]' } })
    if (!parsed.ok) expect(describeProblem(parsed.error)).toMatch(/equals.*\(anyOf\[0\]\.allOf\[1\]\.anyOf\[0\]\)$/)
  })

  it('of any text never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => typeof parseReleasePolicy(text).ok === 'boolean'))
  })
})

describe('the wrapping key', () => {
  const rsa = { kty: 'RSA', kid: 'k', n: 'AQ', e: 'AQAB' }
  const wanted = { kid: 'k', n: 'AQ', e: 'AQAB' }
  const runtime = (...keys: unknown[]) => ({ 'x-ms-runtime': { keys } })

  it.each<[string, JsonObject, unknown]>([
    ['key_use', runtime({ ...rsa, key_use: 'enc' }), wanted],
    ['use, as recorded', runtime({ ...rsa, use: 'enc' }), wanted],
    ['key_ops, as in real tokens', runtime({ ...rsa, key_ops: ['encrypt'] }), wanted],
    ['key_ops in the grammar’s case', runtime({ ...rsa, key_ops: ['Encrypt'] }), wanted],
    [
      'the first that fits',
      runtime({ ...rsa, kid: 'sig', use: 'sig' }, { ...rsa, use: 'enc' }, { ...rsa, kid: 'z', use: 'enc' }),
      wanted,
    ],
    ['no mark', runtime(rsa), undefined],
    ['for signatures', runtime({ ...rsa, use: 'sig', key_ops: ['verify'] }), undefined],
    ['no kid', runtime({ ...rsa, kid: undefined, use: 'enc' }), undefined],
    ['no RSA', runtime({ ...rsa, kty: 'EC', use: 'enc' }), undefined],
    [
      'the machine’s attestation key',
      { 'x-ms-isolation-tee': runtime({ ...rsa, kid: 'HCLAkPub', key_ops: ['encrypt'] }) },
      undefined,
    ],
    ['no keys', { 'x-ms-runtime': {} }, undefined],
    ['keys that are no list', { 'x-ms-runtime': { keys: { ...rsa, use: 'enc' } } }, undefined],
    ['null among them', runtime(null, { ...rsa, use: 'enc' }), wanted],
  ])('by %s', (_, claims, expected) => {
    expect(findWrappingKey(claims)).toEqual(expected)
  })
})
