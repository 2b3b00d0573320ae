'use server'

import { z } from 'zod'
import { defineAction } from '@/lib/server/action'
import { askForLogs } from '@/lib/server/releases/ask-for-logs'

export const readLogsAction = defineAction({
  name: 'releases.read-logs',
  permission: 'releases.read-logs',
  input: z.object({}),
  run: askForLogs,
})
