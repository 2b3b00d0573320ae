import { z } from 'zod'

const held = z.object({ text: z.string(), immutable: z.boolean() })

/**
 * What an approval of another release policy covers, as RFC 8785 canonical JSON: which policy was replaced by which, and the
 * tests that both were held against when it was proposed.
 */
export const frozenPolicyChangeSchema = z.object({
  schema: z.literal('drawbridge/release-policy/1'),
  requestId: z.uuid(),
  requester: z.object({ issuer: z.string(), subject: z.string() }),
  vaultUrl: z.string(),
  name: z.string(),
  /** Of the latest version then: a policy is the key's, and this says which key. */
  kid: z.string(),
  before: held,
  after: held,
  tests: z.array(z.object({ id: z.uuid(), name: z.string(), expected: z.enum(['allow', 'deny']) })),
})
export type FrozenPolicyChange = z.infer<typeof frozenPolicyChangeSchema>
