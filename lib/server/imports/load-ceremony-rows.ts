import 'server-only'
import { z } from 'zod'
import { auditDetailsSchema } from '@/lib/domain/audit/event'
import type { CeremonyRecord } from '@/lib/domain/imports/views'
import { OPERATION_KINDS, OPERATION_WORDS } from '@/lib/domain/operations/operation'
import type { Context } from '../context'
import type { Approval, AuditEvent, Connection, Import, Operation, Person } from '../db/generated/client'
import { type ImportReceipt, importReceiptSchema } from './receipt'

/** Rows of preflight as an import keeps them: what the officer read and accepted. */
export const storedPreflightSchema = z.array(
  z.object({
    id: z.string(),
    group: z.string(),
    title: z.string(),
    verdict: z.string(),
    fact: z.string(),
    remedy: z.string().optional(),
    acknowledged: z.boolean().optional(),
  }),
)

export interface CeremonyRows {
  row: Import
  connection: Connection
  operation: Operation
  /** Oldest first; voided ones too: they are part of what happened. */
  approvals: Approval[]
  people: ReadonlyMap<string, Person>
  preflight: z.infer<typeof storedPreflightSchema>
  receipt: ImportReceipt | null
  vaultAnswers: CeremonyRecord['vaultAnswers']
}

export async function loadCeremonyRows(db: Context['db'], importId: string): Promise<CeremonyRows | null> {
  const found = await db.import.findUnique({
    where: { id: importId },
    include: { connection: true, approvals: { orderBy: { decidedAt: 'asc' } } },
  })
  if (!found) return null
  const { connection, approvals, ...row } = found
  const [operation, people, events] = await Promise.all([
    db.operation.findFirstOrThrow({ where: { importId, kind: 'import_key' } }),
    db.person.findMany({ where: { id: { in: [row.importerId, ...approvals.map(({ approverId }) => approverId)] } } }),
    db.auditEvent.findMany({ where: { importId, vaultRequestId: { not: null } }, orderBy: { id: 'asc' } }),
  ])
  const receipt = row.receipt === null ? null : importReceiptSchema.parse(row.receipt)
  return {
    row,
    connection,
    operation,
    approvals,
    people: new Map(people.map((person) => [person.id, person])),
    preflight: storedPreflightSchema.parse(row.preflight),
    receipt,
    vaultAnswers: [...events.map(toAnswer), ...readBackAnswer(row, receipt)],
  }
}

function toAnswer({ details, phase, vaultRequestId, at }: AuditEvent): CeremonyRecord['vaultAnswers'][number] {
  const parsed = auditDetailsSchema.parse(details)
  const kind = OPERATION_KINDS.find((known) => known === parsed.kind)
  return { what: `${kind ? OPERATION_WORDS[kind] : 'call'}: ${phase}`, requestId: vaultRequestId, at: at.toISOString() }
}

function readBackAnswer({ arrivedAt }: Import, receipt: ImportReceipt | null): CeremonyRecord['vaultAnswers'] {
  if (!receipt || !arrivedAt) return []
  return [{ what: 'read back the version', requestId: receipt.readBackRequestId, at: arrivedAt.toISOString() }]
}
