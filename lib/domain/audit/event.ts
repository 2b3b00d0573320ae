import { z } from 'zod'
import { OPERATION_KINDS } from '../operations/operation'

/** Operations write `operation`; everything else that people or the console did has a type of its own. */
export const AUDIT_EVENT_TYPES = [
  'operation',
  'session.started',
  'session.ended',
  'sign-in.refused',
  'kek.public-key-downloaded',
  'kek.transfer-sheet-opened',
  'review.approved',
  'review.rejected',
  'review.approvals-voided',
  'review.comparison-failed',
  'enable.requested',
  'policy-change.requested',
  'policy-test.added',
  'policy-test.removed',
  'import.draft-discarded',
  'alarm.raised',
  'alarm.acknowledged',
  'connection.added',
  'connection.removed',
  'audit.exported',
  'releases.exported',
  'releases.completed',
  'action.refused',
  'person.created',
  'person.changed',
  'person.disabled',
  'person.invited',
  'person.joined',
  'password.changed',
  'passkey.registered',
  'passkey.removed',
  'second-factor.passed',
  'second-factor.refused',
  'step-up.passed',
  'step-up.refused',
  'proposal.made',
  'proposal.confirmed',
  'proposal.refused',
  'proposal.withdrawn',
  'connection.changed',
  'duties.acknowledged',
  'compromised.unmarked',
  'notification.tested',
  'notification.given-up',
  'installation.estate-made',
] as const
export type AuditEventType = (typeof AUDIT_EVENT_TYPES)[number]

export const AUDIT_PHASES = ['intended', 'succeeded', 'failed', 'indeterminate', 'refused', 'noted'] as const
export type AuditPhase = (typeof AUDIT_PHASES)[number]

/** Details are public facts by an allow-list: no key bytes, no file content, no provider text. */
export const auditDetailsSchema = z.union([
  z.object({
    kind: z.enum(OPERATION_KINDS),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
  z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
])
export type AuditDetails = z.infer<typeof auditDetailsSchema>

/** One event as screens and exports show it. Times are ISO 8601 in UTC. */
export interface AuditEventView {
  id: string
  at: string
  type: AuditEventType
  phase: AuditPhase
  /** The event in words, from `describeEvent`. */
  words: string
  actorName: string | null
  actorId: string | null
  vaultName: string | null
  connectionId: string | null
  keyName: string | null
  keyVersion: string | null
  operationId: string | null
  importId: string | null
  code: string | null
  vaultRequestId: string | null
  details: Record<string, unknown>
}
