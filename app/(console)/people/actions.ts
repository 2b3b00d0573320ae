'use server'

import { z } from 'zod'
import { ROLES } from '@/lib/domain/people/roles'
import { defineAction } from '@/lib/server/action'
import { disablePerson as disable } from '@/lib/server/people/disable-person'
import {
  proposeEnable,
  proposeInvitation,
  proposePasskeyReset,
  proposeRoles,
} from '@/lib/server/people/propose-for-person'
import { proposePerson as proposeNew } from '@/lib/server/people/propose-person'
import { personWords } from '@/lib/server/step-up/act-words'

const reason = z.string().trim().min(1, 'Give the reason: it is recorded.').max(2_000, 'At most 2000 characters.')
const roles = z.array(z.enum(ROLES)).max(ROLES.length)
const about = { personId: z.uuid(), reason }

export const proposePersonAction = defineAction({
  name: 'propose-person',
  permission: 'people.manage',
  stepUp: true,
  act: (_ctx, { name }) => `Propose the account of ${name}`,
  input: z.object({
    issuer: z.string().trim().min(1).max(512),
    subject: z.string().trim().min(1).max(255).nullable(),
    name: z.string().trim().min(1, 'Give the person’s name.').max(128, 'At most 128 characters.'),
    email: z.email('Give a whole e-mail address, such as ada@example.com.').max(254),
    roles,
    reason,
  }),
  run: proposeNew,
})

export const proposeRolesAction = defineAction({
  name: 'propose-roles',
  permission: 'people.manage',
  stepUp: true,
  act: async (ctx, { personId }) => `Propose other roles for ${await personWords(ctx, personId)}`,
  input: z.object({ ...about, roles }),
  run: proposeRoles,
})

export const proposeEnableAction = defineAction({
  name: 'propose-enable-person',
  permission: 'people.manage',
  stepUp: true,
  act: async (ctx, { personId }) => `Propose to open the account of ${await personWords(ctx, personId)} again`,
  input: z.object(about),
  run: proposeEnable,
})

export const proposeInvitationAction = defineAction({
  name: 'propose-invitation',
  permission: 'people.manage',
  stepUp: true,
  act: async (ctx, { personId }) => `Propose a new invitation for ${await personWords(ctx, personId)}`,
  input: z.object(about),
  run: proposeInvitation,
})

export const proposePasskeyResetAction = defineAction({
  name: 'propose-passkey-reset',
  permission: 'people.manage',
  stepUp: true,
  act: async (ctx, { personId }) => `Propose to take the passkeys of ${await personWords(ctx, personId)} away`,
  input: z.object(about),
  run: proposePasskeyReset,
})

export const disablePersonAction = defineAction({
  name: 'disable-person',
  permission: 'people.manage',
  stepUp: true,
  act: async (ctx, { personId }) => `Close the account of ${await personWords(ctx, personId)}`,
  input: z.object({ ...about, acknowledged: z.boolean() }),
  run: disable,
})
