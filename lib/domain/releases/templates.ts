import { findClaim } from './find-claim'
import type { JsonObject } from './json-object'
import { placeholderAuthority, placeholderFor } from './placeholders'
import type { Scalar } from './policy'
import { tokenLayouts } from './token-layouts'

export type PolicyTemplateId = 'cvm-applications' | 'cvm-disk' | 'aci' | 'aks' | 'sgx'

/** `condition` is what is asked for; a `measurement` is filled from a token, or left as a placeholder that says what belongs there. */
type Condition = { claim: string; equals: Scalar } | { claim: string; measurement: string }

export interface PolicyTemplate {
  id: PolicyTemplateId
  title: string
  layout: keyof typeof tokenLayouts
  /** What the policy means, and what it leaves open. */
  means: string
  conditions: readonly Condition[]
}

const tee = (claim: string) => `x-ms-isolation-tee.${claim}`
const container: readonly Condition[] = [
  { claim: 'x-ms-attestation-type', equals: 'sevsnpvm' },
  { claim: 'x-ms-compliance-status', equals: 'azure-compliant-uvm' },
  { claim: 'x-ms-sevsnpvm-is-debuggable', equals: false },
]

/**
 * Where to begin, for each environment. Every template asks by the claim itself that nobody can debug the environment. None of them
 * is a policy of Microsoft's: those are in `microsoft-policies.ts`.
 */
export const policyTemplates: readonly PolicyTemplate[] = [
  {
    id: 'cvm-applications',
    title: 'Confidential VM, for its applications',
    layout: 'sevsnp-cvm',
    means: 'Any compliant confidential VM that the provider attests, whatever runs in it.',
    conditions: [
      { claim: tee('x-ms-attestation-type'), equals: 'sevsnpvm' },
      { claim: tee('x-ms-compliance-status'), equals: 'azure-compliant-cvm' },
      { claim: tee('x-ms-sevsnpvm-is-debuggable'), equals: false },
    ],
  },
  {
    id: 'cvm-disk',
    title: 'Confidential VM, for disk encryption',
    layout: 'sevsnp-cvm-disk',
    means: 'The disk of any compliant confidential VM that the provider attests.',
    conditions: [
      { claim: 'x-ms-attestation-type', equals: 'sevsnpvm' },
      { claim: 'x-ms-compliance-status', equals: 'azure-compliant-cvm' },
      { claim: 'x-ms-sevsnpvm-is-debuggable', equals: false },
    ],
  },
  {
    id: 'aci',
    title: 'Confidential container group (ACI)',
    layout: 'aci',
    means: 'Container groups with exactly this confidential computing enforcement policy.',
    conditions: [
      ...container,
      { claim: 'x-ms-sevsnpvm-hostdata', measurement: 'SHA-256 of the enforcement policy, 64 hexadecimal digits' },
    ],
  },
  {
    id: 'aks',
    title: 'Confidential pod (AKS)',
    layout: 'aci',
    means: 'Pods with exactly this security policy, in exactly this utility VM.',
    conditions: [
      ...container,
      { claim: 'x-ms-sevsnpvm-hostdata', measurement: 'SHA-256 of the pod’s security policy, 64 hexadecimal digits' },
      { claim: 'x-ms-sevsnpvm-launchmeasurement', measurement: 'the utility VM’s measurement, 96 hexadecimal digits' },
    ],
  },
  {
    id: 'sgx',
    title: 'SGX enclave',
    layout: 'sgx',
    means: 'Enclaves of one signer and one product, in any version. Add x-ms-sgx-mrenclave for exactly one build.',
    conditions: [
      { claim: 'x-ms-attestation-type', equals: 'sgx' },
      { claim: 'x-ms-sgx-is-debuggable', equals: false },
      { claim: 'x-ms-sgx-mrsigner', measurement: 'the signer’s measurement, 64 hexadecimal digits' },
      { claim: 'x-ms-sgx-product-id', equals: 1 },
    ],
  },
]

/** For which token a template is, in a person's words. */
export const templateIsFor = ({ layout }: PolicyTemplate): string => tokenLayouts[layout].title

/** The policy's text; authority and measurements are a token's, where one is given that has them. */
export function policyFromTemplate(
  template: PolicyTemplate,
  token?: { issuer: string; claims: JsonObject } | undefined,
): string {
  const allOf = template.conditions.map((condition) => ({
    claim: condition.claim,
    equals: 'equals' in condition ? condition.equals : measured(condition, token?.claims),
  }))
  const authority = token?.issuer ?? placeholderAuthority
  return JSON.stringify({ version: '1.0.0', anyOf: [{ authority, allOf }] }, null, 2)
}

function measured({ claim, measurement }: { claim: string; measurement: string }, claims: JsonObject | undefined) {
  const found = claims ? findClaim(claims, claim) : undefined
  return found?.found === 'value' ? found.value : placeholderFor(measurement)
}
