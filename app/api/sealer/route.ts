import { defineRoute, problemResponse } from '@/lib/server/route'
import { readSealer } from '@/lib/server/sealer/read-sealer'

/** The offline sealer as a file to carry away. It is never shown here: from a server it would prove nothing. */
export const GET = defineRoute({
  permission: 'keks.read',
  run: async () => {
    const sealer = await readSealer()
    if (!sealer) return problemResponse('not-found')
    return new Response(sealer.content, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-disposition': `attachment; filename="${sealer.facts.fileName}"`,
      },
    })
  },
})
