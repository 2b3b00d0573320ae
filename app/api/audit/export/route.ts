import { auditQuery, parseAuditUrl } from '@/lib/client/audit/audit-url'
import { exportEvents } from '@/lib/server/audit/export-events'
import { fileAnswer } from '@/lib/server/file-answer'
import { defineRoute } from '@/lib/server/route'

/** What the audit page shows, as a file. That it was exported is itself an event. */
export const GET = defineRoute({
  permission: 'audit.export',
  allowance: 'export',
  run: async (ctx, actor, request) => {
    const params = Object.fromEntries(new URL(request.url).searchParams)
    const format = params.format === 'jsonl' ? 'jsonl' : 'csv'
    const lines = exportEvents(ctx, actor, auditQuery(parseAuditUrl(params)), format)
    return fileAnswer(lines, { name: `drawbridge-audit-${ctx.clock().toISOString().slice(0, 10)}`, format })
  },
})
