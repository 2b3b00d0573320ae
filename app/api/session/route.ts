import { extendSession } from '@/lib/server/auth/extend-session'
import { tellSession } from '@/lib/server/auth/session-header'
import { defineRoute, problemResponse } from '@/lib/server/route'

/** How the session stands, told by the header that every answer carries. */
export const GET = defineRoute({ permission: 'account.manage', run: async () => Response.json({}) })

/** The officer has just touched the page: the only request that prolongs a session. */
export const POST = defineRoute({
  permission: 'account.manage',
  changes: true,
  run: async (ctx, actor) => {
    const session = await extendSession(ctx, actor)
    return session ? tellSession(Response.json({}), session, ctx.clock()) : problemResponse('signed-out')
  },
})
