'use server'

import { z } from 'zod'
import { defineAction } from '@/lib/server/action'
import { env } from '@/lib/server/env'
import { processSenders } from '@/lib/server/notifications/channels'
import { sendTest } from '@/lib/server/notifications/send-test'

export const sendTestAction = defineAction({
  name: 'notifications.test',
  permission: 'notifications.test',
  allowance: 'send-test',
  input: z.object({}),
  run: (ctx, actor) => sendTest(ctx, actor, { senders: processSenders(), publicUrl: env().publicUrl }),
})
