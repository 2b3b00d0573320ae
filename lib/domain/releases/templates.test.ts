import { describe, expect, it } from 'vitest'
import { layouts } from '@/lib/local-vault/attestation/layouts'
import { mergeClaims } from '@/lib/local-vault/attestation/merge-claims'
import { evaluatePolicy } from './evaluate-policy'
import type { JsonObject } from './json-object'
import { lintPolicy } from './lint-policy'
import { parseReleasePolicy } from './parse-policy'
import { describeProblem } from './policy-problem'
import { type PolicyTemplate, policyFromTemplate, policyTemplates, templateIsFor } from './templates'

const issuer = 'https://mine.weu.attest.azure.net'

function read(text: string) {
  const parsed = parseReleasePolicy(text)
  if (!parsed.ok) throw new Error(describeProblem(parsed.error))
  return parsed.value
}

const debuggable: Record<PolicyTemplate['layout'], JsonObject> = {
  'sevsnp-cvm': { 'x-ms-isolation-tee': { 'x-ms-sevsnpvm-is-debuggable': true } },
  'sevsnp-cvm-disk': { 'x-ms-sevsnpvm-is-debuggable': true },
  aci: { 'x-ms-sevsnpvm-is-debuggable': true },
  sgx: { 'x-ms-sgx-is-debuggable': true },
}

describe.each(policyTemplates)('the template $id', (template) => {
  const claims = layouts[template.layout].claims()
  const filled = read(policyFromTemplate(template, { issuer, claims }))

  it('filled from a token of its layout has no trap, lets that token in, and keeps a debuggable one out', () => {
    expect(lintPolicy(filled)).toEqual([])
    expect(evaluatePolicy(filled, { issuer, claims }).decision).toBe('allow')
    const open = mergeClaims(claims, debuggable[template.layout])
    expect(open).not.toEqual(claims)
    expect(evaluatePolicy(filled, { issuer, claims: open }).decision).toBe('deny')
  })

  it('lets in no token of another provider, and none of another layout', () => {
    expect(evaluatePolicy(filled, { issuer: `${issuer}.example`, claims }).decision).toBe('deny')
    for (const [name, layout] of Object.entries(layouts))
      if (name !== template.layout)
        expect([name, evaluatePolicy(filled, { issuer, claims: layout.claims() }).decision]).toEqual([name, 'deny'])
  })

  it('not filled says that it is not, and lets nothing in', () => {
    const bare = read(policyFromTemplate(template))
    const codes = new Set(lintPolicy(bare).map(({ code }) => code))
    expect([...codes]).toEqual(['placeholder-left'])
    for (const { authority } of bare.authorities)
      expect(evaluatePolicy(bare, { issuer: authority, claims }).decision).toBe(
        template.conditions.some((each) => 'measurement' in each) ? 'deny' : 'allow',
      )
    expect(bare.authorities[0]?.authority).toMatch(/\.invalid$/)
  })

  it('says for which token it is', () => {
    expect(templateIsFor(template)).toMatch(/token/)
  })
})
