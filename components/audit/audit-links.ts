import { type AuditView, auditUrl } from '@/lib/client/audit/audit-url'
import { routes } from '@/lib/routes'

/** This view with something changed, from page 1 on. */
export function auditHref(view: AuditView, change: Partial<AuditView>): string {
  return routes.audit(auditUrl({ ...view, page: 1, ...change }))
}

/** What is on the screen as a file: every page of it. */
export function exportHref(view: AuditView, format: 'csv' | 'jsonl'): string {
  return routes.auditExport({ ...auditUrl({ ...view, page: 1 }), format })
}

export const PRESETS = [
  { label: 'Imports', text: 'action:import_key' },
  { label: 'Reviews', text: 'type:review' },
  { label: 'Stops', text: 'action:disable_key' },
  { label: 'KEKs', text: 'type:kek' },
  { label: 'Alarms', text: 'type:alarm' },
  { label: 'Sessions', text: 'type:session' },
  { label: 'Exports', text: 'type:audit.exported' },
] as const
