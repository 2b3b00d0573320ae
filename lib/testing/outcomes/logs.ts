import type { ProblemCode } from '@/lib/domain/actions/action-result'
import type { ImportStatus } from '@/lib/domain/imports/status'
import type { OperationKind } from '@/lib/domain/operations/operation'

/** One call of a client, and what it was told. */
export interface ToldCall {
  act: 'import' | 'enable' | 'disable'
  /** The connection's name. */
  vault: string
  /** Imports of one run each have a name of their own, so that a name tells the import. */
  keyName: string
  idempotencyKey: string
  /** null: the connection broke or nothing came, so the client knows nothing. */
  answer: { ok: true; status: string | null } | { ok: false; code: ProblemCode } | null
}

/** One line of the local vault's durable log. `status` is null where the connection was cut after the commit. */
export interface AcknowledgedLine {
  vault: string
  operation: string
  name: string
  version: string | null
  status: number | null
}

/** A version as the vault holds it at the end. */
export interface HeldVersion {
  vault: string
  name: string
  version: string
  enabled: boolean
  keyOps: readonly string[]
  tags: Readonly<Record<string, string>>
}

export interface OperationRow {
  id: string
  kind: OperationKind
  vault: string
  keyName: string
  keyVersion: string | null
  status: 'pending' | 'succeeded' | 'failed' | 'indeterminate'
  code: string | null
  startedAt: Date
  finishedAt: Date | null
  importId: string | null
}

export interface ImportRow {
  id: string
  vault: string
  keyName: string
  keyVersion: string | null
  importerId: string
  status: ImportStatus
  frozenSha256: string | null
}

export interface ApprovalRow {
  importId: string | null
  approverId: string
  decision: 'approve' | 'reject'
  frozenSha256: string
  actedAt: Date | null
  voidedAt: Date | null
}

/** The audit log's events of intents. */
export interface OperationEvent {
  operationId: string
  phase: string
}

/** The three logs that must agree: what clients were told, the vault's own, and ours. */
export interface Logs {
  told: readonly ToldCall[]
  vault: { acknowledged: readonly AcknowledgedLine[]; versions: readonly HeldVersion[] }
  ours: {
    operations: readonly OperationRow[]
    imports: readonly ImportRow[]
    approvals: readonly ApprovalRow[]
    events: readonly OperationEvent[]
  }
  /** The console's last start: within a minute of it, or of its own beginning, each intent has its outcome. */
  lastStart?: Date
}

export interface Violation {
  rule: string
  what: string
}
