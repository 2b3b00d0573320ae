import { describe, expect, it } from 'vitest'
import { recogniseDialect } from './foreign-dialects'
import { lintPolicy } from './lint-policy'
import { parseReleasePolicy } from './parse-policy'
import { describeFinding, POLICY_FINDINGS } from './policy-finding'
import { describeProblem } from './policy-problem'

const own = 'https://mine.weu.attest.azure.net'
const claim = (name: string, equals: unknown) => ({ claim: name, equals })
const compliant = claim('x-ms-compliance-status', 'azure-compliant-cvm')
const tee = (name: string) => `x-ms-isolation-tee.${name}`

function findings(...anyOf: unknown[]) {
  const read = parseReleasePolicy(JSON.stringify({ version: '1.0.0', anyOf }))
  if (!read.ok) throw new Error(describeProblem(read.error))
  return lintPolicy(read.value)
}
const codes = (...conditions: unknown[]) =>
  findings({ authority: own, allOf: conditions }).map(({ code, subject }) => `${code}: ${subject}`)

describe('a policy without a trap', () => {
  it.each([
    [
      'for a confidential VM’s applications',
      [claim(tee('x-ms-attestation-type'), 'sevsnpvm'), claim(tee('x-ms-compliance-status'), 'azure-compliant-cvm')],
    ],
    ['for its disks', [claim('x-ms-attestation-type', 'sevsnpvm'), compliant]],
    [
      'for a container group',
      [claim('x-ms-sevsnpvm-hostdata', '73973b78'), claim('x-ms-sevsnpvm-is-debuggable', false)],
    ],
    ['for an enclave', [claim('x-ms-sgx-mrsigner', 'dbb1'), claim('x-ms-sgx-is-debuggable', false)]],
    ['with a claim of the tenant’s own', [compliant, claim('team', 'payments')]],
  ])('%s', (_what, conditions) => {
    expect(codes(...conditions)).toEqual([])
  })
})

describe('each documented trap', () => {
  it('an operator that is never met', () => {
    expect(codes(compliant, { claim: 'x-ms-sgx-svn', greater: 1 })).toEqual([
      'operator-never-met: x-ms-sgx-svn greater',
    ])
  })

  it('conditions inside conditions, with their place', () => {
    expect(findings({ authority: own, allOf: [compliant, { anyOf: [claim('a', 1), claim('a', 2)] }] })).toEqual([
      { code: 'nested', at: 'anyOf[0].allOf[1]', subject: 'anyOf' },
    ])
  })

  it('one claim that must equal two values; two ways for it are none', () => {
    expect(codes(compliant, claim('a', 1), claim('a', 2))).toEqual(['contradiction: a'])
    expect(codes(compliant, claim('a', 1), claim('a', 1))).toEqual([])
    expect(findings({ authority: own, anyOf: [compliant, claim('x-ms-sgx-mrenclave', 'ab')] })).toEqual([])
  })

  it('authorities that a slash sets apart', () => {
    const allOf = [compliant]
    expect(findings({ authority: own, allOf }, { authority: `${own}/`, allOf })).toEqual([
      { code: 'authorities-apart-by-slash', at: 'anyOf[1]', subject: `${own}/` },
    ])
  })

  it('a text for a boolean, a text for a number, and what can’t be equal at all', () => {
    expect(codes(claim('x-ms-sevsnpvm-is-debuggable', 'false'))).toEqual([
      'text-for-boolean: x-ms-sevsnpvm-is-debuggable',
    ])
    expect(codes(compliant, claim('x-ms-sevsnpvm-vmpl', '0'))).toEqual(['text-for-number: x-ms-sevsnpvm-vmpl'])
    expect(codes(compliant, claim('x-ms-sevsnpvm-vmpl', false))).toEqual(['other-type: x-ms-sevsnpvm-vmpl'])
    expect(codes(claim('x-ms-compliance-status', true))).toEqual(['other-type: x-ms-compliance-status'])
  })

  it('claims that no token has together: both layouts at once, or a claim of none', () => {
    expect(codes(compliant, claim(tee('x-ms-attestation-type'), 'sevsnpvm'))).toEqual([`no-known-layout: ${own}`])
    expect(codes(compliant, claim('x-ms-compliance', 'x'))).toEqual([`no-known-layout: ${own}`])
    expect(codes(compliant, claim('x-ms-sgx-svn', 1))).toEqual([`no-known-layout: ${own}`])
    // Each alternative is of one token.
    expect(findings({ authority: own, anyOf: [compliant, claim(tee('x-ms-compliance-status'), 'a')] })).toEqual([])
  })

  it('an environment that can be debugged: asked for, or let in by one way of several', () => {
    expect(codes(claim('x-ms-sgx-is-debuggable', true))).toEqual([
      'debuggable-required: x-ms-sgx-is-debuggable',
      `debuggable-allowed: ${own}`,
    ])
    expect(codes(claim('x-ms-attestation-type', 'sgx'))).toEqual([`debuggable-allowed: ${own}`])
    expect(findings({ authority: own, anyOf: [compliant, claim('x-ms-sgx-svn', 1)] })).toMatchObject([
      { code: 'debuggable-allowed' },
    ])
  })

  it('an authority that everybody shares', () => {
    const allOf = [compliant]
    for (const shared of ['https://sharedweu.weu.attest.azure.net', 'https://sharedeus2.eus2.attest.azure.net/']) {
      expect(findings({ authority: shared, allOf })).toEqual([
        { code: 'shared-authority', at: 'anyOf[0]', subject: shared },
      ])
    }
    expect(findings({ authority: 'https://shared.example', allOf })).toEqual([])
  })

  it('a policy of thousands of ways is looked at within bounds', () => {
    const pair = (at: number) => ({ anyOf: [claim(`a${at}`, 1), claim(`a${at}`, 2)] })
    const began = performance.now()
    expect(codes(...Array.from({ length: 64 }, (_none, at) => pair(at)))).toHaveLength(64)
    expect(performance.now() - began).toBeLessThan(1000)
  })

  it('has a sentence that says where', () => {
    expect(describeFinding({ code: 'contradiction', at: 'anyOf[0].allOf', subject: 'a' })).toBe(
      `${POLICY_FINDINGS.contradiction.words} (a, anyOf[0].allOf)`,
    )
  })
})

describe('what circulates in place of a policy', () => {
  const rules = [{ claim: 'x-ms-attestation-type', equals: 'sevsnpvm' }]

  it('the tutorials’ dialect is recognised, and translated where everything of it has a counterpart', () => {
    const found = recogniseDialect(JSON.stringify({ attestation: { type: 'maa', endpoint: own }, rules }))
    expect(found?.dialect).toBe('tutorial')
    expect(JSON.parse(found?.policy ?? '')).toEqual({ version: '1.0.0', anyOf: [{ authority: own, allOf: rules }] })
    expect(parseReleasePolicy(found?.policy ?? '').ok).toBe(true)
  })

  it.each([
    [{ attestation: { type: 'maa' }, rules }],
    [{ attestation: { endpoint: own }, rules: [] }],
    [{ attestation: { endpoint: own }, rules: [...rules, { claim: 'a', greater: 1 }] }],
  ])('with a gap it gets no translation', (given) => {
    expect(recogniseDialect(JSON.stringify(given))).toEqual({ dialect: 'tutorial', policy: null })
  })

  it.each(['base64', 'base64url'] as const)('a policy in %s is recognised, and read', (encoding) => {
    const policy = { version: '1.0.0', anyOf: [{ authority: `${own}/?»`, allOf: rules }] }
    const found = recogniseDialect(`${Buffer.from(JSON.stringify(policy)).toString(encoding)}\n`)
    expect(found?.dialect).toBe('base64')
    expect(JSON.parse(found?.policy ?? '')).toEqual(policy)
  })

  it.each(['', '{', 'policy', 'AAAA', '[]', '"AAAA"', '{"rules":[]}', JSON.stringify({ version: '1.0.0', anyOf: [] })])(
    '%j is none of them',
    (text) => {
      expect(recogniseDialect(text)).toBeUndefined()
    },
  )
})
