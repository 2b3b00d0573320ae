import { auditQuery, parseAuditUrl } from '@/lib/client/audit/audit-url'
import { exportEvents } from '@/lib/server/audit/export-events'
import { defineRoute } from '@/lib/server/route'

const FORMATS = {
  csv: { ending: 'csv', type: 'text/csv; charset=utf-8; header=present' },
  jsonl: { ending: 'jsonl', type: 'application/jsonl; charset=utf-8' },
} as const

/** What the audit page shows, as a file. That it was exported is itself an event. */
export const GET = defineRoute({
  permission: 'audit.export',
  allowance: 'export',
  run: async (ctx, actor, request) => {
    const params = Object.fromEntries(new URL(request.url).searchParams)
    const format = params.format === 'jsonl' ? 'jsonl' : 'csv'
    const lines = exportEvents(ctx, actor, auditQuery(parseAuditUrl(params)), format)
    const { ending, type } = FORMATS[format]
    const day = ctx.clock().toISOString().slice(0, 10)
    return new Response(await openStream(lines), {
      headers: {
        'content-type': type,
        'content-disposition': `attachment; filename="drawbridge-audit-${day}.${ending}"`,
        'cache-control': 'no-store',
      },
    })
  },
})

/** The first piece is fetched before the answer begins: an export that can't be recorded is then an error, not an empty file. */
async function openStream(pieces: AsyncIterable<string>): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder()
  const source = pieces[Symbol.asyncIterator]()
  let next = await source.next()
  return new ReadableStream({
    async pull(controller) {
      if (next.done) return controller.close()
      controller.enqueue(encoder.encode(next.value))
      next = await source.next()
    },
    async cancel() {
      await source.return?.()
    },
  })
}
