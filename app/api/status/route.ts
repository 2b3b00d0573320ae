import { shellStatus } from '@/app/(console)/shell-status'
import { jsonAnswer } from '@/lib/server/json-answer'
import { defineRoute } from '@/lib/server/route'
import { getStatus } from '@/lib/server/status/get-status'

/** What the shell asks every few seconds: from our own tables, never from a vault. */
export const GET = defineRoute({
  permission: 'keys.read',
  run: async (ctx, actor) => jsonAnswer(shellStatus(await getStatus(ctx, actor))),
})
