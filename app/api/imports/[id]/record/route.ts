import { getCeremonyRecord } from '@/lib/server/imports/get-ceremony-record'
import { defineRoute, problemResponse } from '@/lib/server/route'

/** The ceremony record as a file to keep. */
export const GET = defineRoute({
  permission: 'imports.read',
  run: async (ctx, actor, _request, params) => {
    const record = await getCeremonyRecord(ctx, actor, params.id ?? '')
    if (!record) return problemResponse('not-found')
    return new Response(`${JSON.stringify(record, null, 2)}\n`, {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="ceremony-record-${fileWord(record.reference)}.json"`,
      },
    })
  },
})

/** A reference is our own text; a header still gets only what can't end it. */
function fileWord(reference: string): string {
  return reference.replace(/[^\w-]/g, '_')
}
