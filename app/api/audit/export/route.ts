import { auditQuery, parseAuditUrl } from '@/lib/client/audit/audit-url'
import { exportEvents } from '@/lib/server/audit/export-events'
import { fileExport } from '@/lib/server/file-export'
import { defineRoute } from '@/lib/server/route'

/** What the audit page shows, as a file. */
export const GET = defineRoute(
  fileExport({
    permission: 'audit.export',
    subject: 'audit',
    pieces: (ctx, actor, params, format) => exportEvents(ctx, actor, auditQuery(parseAuditUrl(params)), format),
  }),
)
