'use server'

import { z } from 'zod'
import { defineAction } from '@/lib/server/action'
import { acknowledgeDuties } from '@/lib/server/duties/acknowledge-duties'

export const acknowledgeDutiesAction = defineAction({
  name: 'duties.acknowledge',
  permission: 'duties.acknowledge',
  input: z.object({ version: z.string().max(32) }),
  run: acknowledgeDuties,
})
