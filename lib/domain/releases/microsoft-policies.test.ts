import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { layouts } from '@/lib/local-vault/attestation/layouts'
import { evaluatePolicy } from './evaluate-policy'
import { lintPolicy } from './lint-policy'
import {
  MICROSOFT_POLICIES,
  microsoftPolicyText,
  PUBLISHED_POLICIES,
  REGIONAL_POLICIES,
  recogniseMicrosoftPolicy,
} from './microsoft-policies'
import { parseReleasePolicy } from './parse-policy'
import { policyFromTemplate, policyTemplates } from './templates'

const shared = 'https://sharedweu.weu.attest.azure.net'
const all = [...PUBLISHED_POLICIES, ...REGIONAL_POLICIES]
const read = (text: string) => {
  const parsed = parseReleasePolicy(text)
  if (!parsed.ok) throw new Error(parsed.error.code)
  return parsed.value
}
/** As a vault may give it back: members the other way round, nothing between them. */
const rewritten = (text: string) =>
  JSON.stringify(JSON.parse(text), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  )

describe('Microsoft’s policies', () => {
  it.each(PUBLISHED_POLICIES.map((policy) => [policy.id, policy] as const))(
    '%s is the file, to the byte',
    (id, policy) => {
      expect(createHash('sha256').update(policy.text).digest('hex')).toBe(policy.sha256)
      // What the copies that they were read from were long.
      expect(policy.text).toHaveLength({ regions: 23_413, first: 1_254 }[String(id)] ?? 0)
    },
  )

  it.each(all.map((policy) => [policy.id, policy] as const))(
    '%s is known again in any writing, and no other is it',
    (_, policy) => {
      const text = microsoftPolicyText(policy, `${shared}/`)
      expect(recogniseMicrosoftPolicy(text)?.id).toBe(policy.id)
      expect(recogniseMicrosoftPolicy(rewritten(text))?.id).toBe(policy.id)
      expect(recogniseMicrosoftPolicy(text.replace('azure-compliant-cvm', 'azure-compliant-uvm'))).toBeUndefined()
      expect(recogniseMicrosoftPolicy(text.replace('https://sharedw', 'https://mine.w'))).toBeUndefined()
    },
  )

  it('of one region is known only with a service that everybody shares', () => {
    const [region] = REGIONAL_POLICIES
    if (!region) throw new Error('none')
    expect(recogniseMicrosoftPolicy(microsoftPolicyText(region, 'https://mine.weu.attest.azure.net'))).toBeUndefined()
    expect(recogniseMicrosoftPolicy(microsoftPolicyText(region))).toBeUndefined()
  })

  it.each(all.map((policy) => [policy.id, policy] as const))(
    '%s is said to trust what everybody shares',
    (_, policy) => {
      const codes = lintPolicy(read(microsoftPolicyText(policy, shared))).map(({ code }) => code)
      expect(codes).toContain('shared-authority')
      expect(codes).not.toContain('placeholder-left')
    },
  )

  it('let in the token of any confidential VM of their layout', () => {
    const layoutOf = (id: string) => (id === 'region-data-disk' ? layouts['sevsnp-cvm'] : layouts['sevsnp-cvm-disk'])
    for (const policy of all) {
      const decided = evaluatePolicy(read(microsoftPolicyText(policy, shared)), {
        issuer: shared,
        claims: layoutOf(policy.id).claims(),
      })
      expect([policy.id, decided.decision]).toEqual([policy.id, 'allow'])
    }
  })

  it('are no template of ours, and each has words of its own', () => {
    for (const template of policyTemplates)
      expect(recogniseMicrosoftPolicy(policyFromTemplate(template, { issuer: shared, claims: {} }))).toBeUndefined()
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length)
    expect(MICROSOFT_POLICIES.length).toBeLessThanOrEqual(all.length)
  })

  it.each(['', '{}', 'null', '[', '{"version":"1.0.0","anyOf":[]}'])('are not %j', (text) => {
    expect(recogniseMicrosoftPolicy(text)).toBeUndefined()
  })
})
