'use server'

import { z } from 'zod'
import { defineAction } from '@/lib/server/action'
import { confirmProposal as confirm } from '@/lib/server/proposals/confirm-proposal'
import { refuseProposal as refuse } from '@/lib/server/proposals/refuse-proposal'
import { withdrawProposal as withdraw } from '@/lib/server/proposals/withdraw-proposal'
import { proposalWords } from '@/lib/server/step-up/act-words'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const seen = { proposalId: z.uuid(), revision: z.int().nonnegative(), frozenSha256: sha256 }
const reason = z.string().trim().min(1, 'Give the reason: it is recorded.').max(2_000, 'At most 2000 characters.')

/** Which permission it takes depends on the proposal's kind: the service asks for it. */
export const confirmProposalAction = defineAction({
  name: 'confirm-proposal',
  permission: 'proposals.read',
  stepUp: true,
  act: async (ctx, { proposalId }) => `Confirm: ${await proposalWords(ctx, proposalId)}`,
  input: z.object({ ...seen, reason, invitationSha256: sha256.nullable() }),
  run: confirm,
})

export const refuseProposalAction = defineAction({
  name: 'refuse-proposal',
  permission: 'proposals.read',
  input: z.object({ ...seen, reason }),
  run: refuse,
})

export const withdrawProposalAction = defineAction({
  name: 'withdraw-proposal',
  permission: 'proposals.read',
  input: z.object(seen),
  run: withdraw,
})
