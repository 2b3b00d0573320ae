import { historyQuery, parseHistoryUrl } from '@/lib/client/releases/releases-url'
import { fileAnswer } from '@/lib/server/file-answer'
import { exportReleases } from '@/lib/server/releases/export-releases'
import { defineRoute } from '@/lib/server/route'

/** What the release history shows, as a file. That it was exported is itself an event. */
export const GET = defineRoute({
  permission: 'releases.export',
  allowance: 'export',
  run: async (ctx, actor, request) => {
    const params = Object.fromEntries(new URL(request.url).searchParams)
    const format = params.format === 'jsonl' ? 'jsonl' : 'csv'
    const pieces = exportReleases(ctx, actor, historyQuery(parseHistoryUrl(params)), format)
    return fileAnswer(pieces, { name: `drawbridge-releases-${ctx.clock().toISOString().slice(0, 10)}`, format })
  },
})
