import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { environmentOf, environmentText, environmentWords } from './environment'
import type { JsonObject } from './json-object'

const issuer = 'https://sharedweu.weu.attest.azure.net'
const container = {
  'x-ms-attestation-type': 'sevsnpvm',
  'x-ms-sevsnpvm-hostdata': 'ab'.repeat(32),
  'x-ms-sevsnpvm-launchmeasurement': 'cd'.repeat(48),
  'x-ms-sevsnpvm-is-debuggable': false,
}
const textOf = (claims: JsonObject, from = issuer) => environmentText({ issuer: from, claims })

describe('an environment', () => {
  it('is told by its kind and what was measured', () => {
    expect(environmentOf({ issuer, claims: { ...container, sub: 'anything' } })).toEqual({
      authority: issuer,
      type: 'sevsnpvm',
      measured: [
        { claim: 'x-ms-sevsnpvm-launchmeasurement', value: 'cd'.repeat(48) },
        { claim: 'x-ms-sevsnpvm-hostdata', value: 'ab'.repeat(32) },
        { claim: 'x-ms-sevsnpvm-is-debuggable', value: 'false' },
      ],
    })
    expect(environmentWords(environmentOf({ issuer, claims: container }))).toBe(
      'sevsnpvm, launchmeasurement cdcdcdcdcdcd…, hostdata abababababab…',
    )
  })

  it('of a confidential VM is the one below, whatever the machine on top calls itself', () => {
    const claims = { 'x-ms-attestation-type': 'azurevm', 'x-ms-isolation-tee': container }
    expect(environmentOf({ issuer, claims }).type).toBe('sevsnpvm')
    expect(environmentOf({ issuer, claims }).measured).toHaveLength(3)
    const another = { ...claims, 'x-ms-azurevm-vmid': 'another machine', iat: 7, nonce: 'x' }
    expect(textOf(another)).toBe(textOf(claims))
  })

  it.each([
    ['another authority', container, 'https://sharedneu.neu.attest.azure.net'],
    ['another measurement', { ...container, 'x-ms-sevsnpvm-hostdata': 'ac'.repeat(32) }, issuer],
    ['a debugger let in', { ...container, 'x-ms-sevsnpvm-is-debuggable': true }, issuer],
    ['text for a boolean', { ...container, 'x-ms-sevsnpvm-is-debuggable': 'false' }, issuer],
    ['another kind', { ...container, 'x-ms-attestation-type': 'sgx' }, issuer],
    ['the same report one level down', { 'x-ms-isolation-tee': container }, issuer],
    [
      'values that differ behind what is shown',
      { ...container, 'x-ms-sevsnpvm-hostdata': `${'ab'.repeat(300)}` },
      issuer,
    ],
  ])('is another one by %s', (_, claims, from) => {
    expect(textOf(claims, from)).not.toBe(textOf(container))
  })

  it('that measures nothing known here is told by its authority and kind alone', () => {
    const claims = { 'x-ms-attestation-type': 'tdxvm', tdx_mrtd: 'ff' }
    expect(environmentOf({ issuer, claims }).measured).toEqual([])
    expect(environmentWords(environmentOf({ issuer, claims }))).toBe('tdxvm')
    expect(environmentWords(environmentOf({ issuer, claims: {} }))).toBe('kind not told')
  })

  it('of any claims whatever is one line of text of bounded length', () => {
    const hostile = fc.record({
      'x-ms-attestation-type': fc.oneof(
        fc.string({ unit: fc.constantFrom('a', '\u0000', '\u202E', '\u2028', '\uD800', '\uDC00', '😀') }),
        fc.boolean(),
        fc.constant('a\u0000b\u202E'),
      ),
      'x-ms-sgx-mrsigner': fc.constantFrom('x'.repeat(5_000), '\uD800'.repeat(400), '\u0000', {}, [], null),
    })
    fc.assert(
      fc.property(hostile, (claims) => {
        const told = environmentOf({ issuer: 'x'.repeat(9_000), claims })
        expect(JSON.stringify(told).length).toBeLessThan(3_000)
        expect(environmentWords(told)).not.toMatch(/[\p{Cc}\p{Cf}]/u)
      }),
      { numRuns: 50 },
    )
  })
})
