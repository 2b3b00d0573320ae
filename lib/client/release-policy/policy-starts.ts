import type { JsonObject } from '@/lib/domain/releases/json-object'
import { MICROSOFT_POLICIES, microsoftPolicyText } from '@/lib/domain/releases/microsoft-policies'
import { policyFromTemplate, policyTemplates, templateIsFor } from '@/lib/domain/releases/templates'

/** Something to begin a policy with. */
export interface PolicyStart {
  id: string
  title: string
  /** In sentences. */
  means: string
  /** What a token in view gives, as a sentence's beginning; null: nothing. */
  fills: string | null
  textFor: (token: { issuer: string; claims: JsonObject } | null) => string
}

/** Templates of ours, then Microsoft's own policies, which keep nobody out who has a confidential VM. */
export const policyStarts: readonly PolicyStart[] = [
  ...policyTemplates.map((template) => ({
    id: template.id,
    title: template.title,
    means: `For ${templateIsFor(template)}. ${template.means}`,
    fills: 'Authority and measurements are',
    textFor: (token: Parameters<PolicyStart['textFor']>[0]) => policyFromTemplate(template, token ?? undefined),
  })),
  ...MICROSOFT_POLICIES.map((policy) => ({
    id: `microsoft-${policy.id}`,
    title: policy.title,
    means: `${policy.origin}. Any compliant confidential VM meets it, whoever’s it is: only the right to release keeps others out.`,
    fills: 'text' in policy ? null : 'The authority is',
    textFor: (token: Parameters<PolicyStart['textFor']>[0]) => microsoftPolicyText(policy, token?.issuer),
  })),
]
