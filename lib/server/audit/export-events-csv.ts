import 'server-only'
import type { AuditEventView } from '@/lib/domain/audit/event'
import { csvField } from '@/lib/domain/csv-field'

const COLUMNS = [
  'id',
  'at',
  'type',
  'phase',
  'words',
  'actorName',
  'actorId',
  'vaultName',
  'connectionId',
  'keyName',
  'keyVersion',
  'operationId',
  'importId',
  'code',
  'vaultRequestId',
] as const satisfies readonly (keyof AuditEventView)[]

/** RFC 4180 lines; `details` comes last, as JSON. */
export function csvHeader(): string {
  return `${[...COLUMNS, 'details'].join(',')}\r\n`
}

export function csvLine(event: AuditEventView): string {
  const fields = [...COLUMNS.map((column) => event[column] ?? ''), JSON.stringify(event.details)]
  return `${fields.map(csvField).join(',')}\r\n`
}
