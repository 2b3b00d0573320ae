import 'server-only'
import type { Permission } from '@/lib/domain/people/permissions'
import type { Actor, Context } from './context'
import { fileAnswer } from './file-answer'
import type { RouteDefinition } from './route'

interface FileExport {
  permission: Permission
  /** What the file is called between the product and the day. */
  subject: string
  /** What a page with these search parameters shows, in pieces of the format asked for. */
  pieces: (ctx: Context, actor: Actor, params: Record<string, string>, format: 'csv' | 'jsonl') => AsyncIterable<string>
}

/** What a page shows, as a file, for a route. That it was exported is itself an event, which `pieces` records. */
export function fileExport({ permission, subject, pieces }: FileExport): RouteDefinition {
  return {
    permission,
    allowance: 'export',
    run: async (ctx, actor, request) => {
      const params = Object.fromEntries(new URL(request.url).searchParams)
      const format = params.format === 'jsonl' ? 'jsonl' : 'csv'
      const name = `drawbridge-${subject}-${ctx.clock().toISOString().slice(0, 10)}`
      return fileAnswer(pieces(ctx, actor, params, format), { name, format })
    },
  }
}
