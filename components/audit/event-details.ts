import type { AuditEventView } from '@/lib/domain/audit/event'

export type Detail = { name: string; value: string }

/** Everything recorded beside the sentence, as names and values. Nested facts are named by their path. */
export function eventDetails(event: AuditEventView): Detail[] {
  const own: [string, string | null][] = [
    ['event', event.id],
    ['type', event.type],
    ['phase', event.phase],
    ['code', event.code],
    ['key version', event.keyVersion],
    ['operation', event.operationId],
    ['vault request', event.vaultRequestId],
  ]
  const known = own.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]))
  return [...known, ...flatten(event.details, '')]
}

function flatten(value: unknown, path: string): Detail[] {
  if (Array.isArray(value)) return [{ name: path, value: value.length > 0 ? value.join(', ') : 'none' }]
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) => flatten(inner, path ? `${path}.${name}` : name))
  }
  return path ? [{ name: path, value: value === null ? 'null' : String(value) }] : []
}
