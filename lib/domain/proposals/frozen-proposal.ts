import canonicalize from 'canonicalize'
import { z } from 'zod'
import { credentialSchema } from '../connections/credential'
import { ENVIRONMENTS } from '../connections/kind'
import { ROLES } from '../people/roles'
import type { ProposalKind } from './kinds'

const rolesSchema = z.array(z.enum(ROLES))
const identitySchema = z.object({ issuer: z.string(), subject: z.string() })
const personSchema = identitySchema.extend({ id: z.uuid(), name: z.string() })
const connectionSchema = z.object({ id: z.uuid(), name: z.string(), url: z.string() })

/** What of a connection takes two. The credential is a reference: names of settings, never a secret. */
export const connectionSettingsSchema = z.object({
  name: z.string(),
  url: z.string(),
  environment: z.enum(ENVIRONMENTS),
  credential: credentialSchema,
})

/** Approver ids are sorted; an empty list means every approver. */
export const approvalPolicySchema = z.object({
  approvalsRequired: z.number().int().min(1).max(5),
  approverIds: z.array(z.uuid()),
})

const frozen = <
  Kind extends ProposalKind,
  Subject extends z.ZodType,
  Before extends z.ZodType,
  After extends z.ZodType,
>(
  kind: Kind,
  parts: { subject: Subject; before: Before; after: After },
) =>
  z.object({
    schema: z.literal('drawbridge/proposal/1'),
    kind: z.literal(kind),
    proposalId: z.uuid(),
    proposer: identitySchema,
    ...parts,
  })

/**
 * What a confirmation covers, by the SHA-256 of its RFC 8785 form: the subject, how it was, how it shall be.
 * Roles are sorted. Never a password, a hash of one, or a token.
 */
export const frozenProposalSchema = z.discriminatedUnion('kind', [
  frozen('create_person', {
    subject: personSchema,
    before: z.null(),
    after: z.object({ email: z.string(), roles: rolesSchema }),
  }),
  frozen('change_roles', {
    subject: personSchema,
    before: z.object({ roles: rolesSchema }),
    after: z.object({ roles: rolesSchema }),
  }),
  frozen('enable_person', {
    subject: personSchema,
    before: z.object({ disabled: z.literal(true), roles: rolesSchema }),
    after: z.object({ disabled: z.literal(false), roles: rolesSchema }),
  }),
  frozen('renew_invitation', {
    subject: personSchema,
    before: z.object({ email: z.string(), roles: rolesSchema }),
    after: z.object({ email: z.string(), roles: rolesSchema }),
  }),
  frozen('reset_passkeys', {
    subject: personSchema,
    /** Their names, sorted, and the roles that the account holds. */
    before: z.object({ passkeys: z.array(z.string()), roles: rolesSchema }),
    after: z.object({ passkeys: z.tuple([]), roles: rolesSchema }),
  }),
  frozen('change_connection', {
    subject: connectionSchema,
    before: connectionSettingsSchema,
    after: connectionSettingsSchema,
  }),
  frozen('change_approval_policy', {
    subject: connectionSchema,
    before: approvalPolicySchema,
    after: approvalPolicySchema,
  }),
  frozen('unmark_compromised', {
    /** The key version's own row. */
    subject: z.object({
      id: z.uuid(),
      connectionId: z.uuid(),
      vaultName: z.string(),
      keyName: z.string(),
      keyVersion: z.string(),
      kid: z.string(),
    }),
    /** When and by whom it was marked, so that a later mark is another one. */
    before: z.object({ compromisedAt: z.iso.datetime(), compromisedById: z.uuid().nullable() }),
    after: z.object({ compromisedAt: z.null() }),
  }),
])
type AnyFrozen = z.infer<typeof frozenProposalSchema>
export type FrozenProposal<Kind extends ProposalKind = ProposalKind> = Extract<AnyFrozen, { kind: Kind }>

/** What every kind begins with; each kind's own service adds the rest. */
export type ProposalHead = Pick<FrozenProposal, 'schema' | 'proposalId' | 'proposer'>

/** RFC 8785. Lists keep their order, so roles and ids are sorted before they come here. */
export function canonicalProposal(proposal: FrozenProposal): string {
  return canonicalOf(proposal)
}

/** Whether two states are one: compared by their canonical text, as it was frozen. */
export function isSameState(one: unknown, other: unknown): boolean {
  return canonicalOf(one) === canonicalOf(other)
}

function canonicalOf(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('what is frozen always has a canonical form')
  return text
}
