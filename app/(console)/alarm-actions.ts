'use server'

import { z } from 'zod'
import { defineAction } from '@/lib/server/action'
import { acknowledgeAlarm as acknowledge } from '@/lib/server/alarms/acknowledge-alarm'

export const acknowledgeAlarm = defineAction({
  name: 'acknowledge-alarm',
  permission: 'alarms.acknowledge',
  input: z.object({
    alarmId: z.uuid(),
    note: z.string().trim().min(3, 'Say what was done about it.').max(500, 'At most 500 characters.'),
  }),
  run: acknowledge,
})
