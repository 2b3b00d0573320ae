import { historyQuery, parseHistoryUrl } from '@/lib/client/releases/releases-url'
import { fileExport } from '@/lib/server/file-export'
import { exportReleases } from '@/lib/server/releases/export-releases'
import { defineRoute } from '@/lib/server/route'

/** What the release history shows, as a file. */
export const GET = defineRoute(
  fileExport({
    permission: 'releases.export',
    subject: 'releases',
    pieces: (ctx, actor, params, format) => exportReleases(ctx, actor, historyQuery(parseHistoryUrl(params)), format),
  }),
)
