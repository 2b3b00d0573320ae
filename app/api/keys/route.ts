import { parseInventoryUrl } from '@/lib/client/keys/inventory-url'
import { listKeys } from '@/lib/server/inventory/list-keys'
import { defineRoute } from '@/lib/server/route'

/** The inventory as the page shows it, for a page that stays open. */
export const GET = defineRoute({
  permission: 'keys.read',
  run: async (ctx, actor, request) => {
    const params = Object.fromEntries(new URL(request.url).searchParams)
    return Response.json(await listKeys(ctx, actor, parseInventoryUrl(params)))
  },
})
