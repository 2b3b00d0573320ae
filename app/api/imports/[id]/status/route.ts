import type { ImportProgress } from '@/lib/client/import/import-progress'
import { getImport } from '@/lib/server/imports/get-import'
import { defineRoute, problemResponse } from '@/lib/server/route'

/** What the done page asks for while the outcome is open. */
export const GET = defineRoute({
  permission: 'imports.read',
  run: async (ctx, actor, _request, params) => {
    const view = await getImport(ctx, actor, params.id ?? '')
    if (!view) return problemResponse('not-found')
    const progress: ImportProgress = { status: view.status, failureWords: view.failureWords }
    return Response.json(progress)
  },
})
