import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addOfficer } from '@/lib/testing/add-officer'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import type { Actor } from '../context'
import { confirm, idOf } from '../proposals/testing/confirm'
import { getApprovalPolicy } from './get-approval-policy'
import { type ProposePolicyInput, proposeApprovalPolicy } from './propose-approval-policy'

let console_: TestConsole
let anna: Actor
let bent: Actor

beforeAll(async () => {
  console_ = await createTestConsole()
  anna = await addOfficer(console_.ctx, { roles: ['approver'], subject: 'anna' })
  bent = await addOfficer(console_.ctx, { roles: ['approver'], subject: 'bent' })
})
afterAll(() => console_.close())

const propose = (wish: Partial<ProposePolicyInput>, by: Actor = console_.actors.administrator) =>
  proposeApprovalPolicy(console_.ctx, by, {
    connectionId: console_.connections.vault.id,
    approvalsRequired: 2,
    approverIds: [],
    reason: 'Agreed with the auditors',
    ...wish,
  })
const policy = () => getApprovalPolicy(console_.ctx, console_.actors.viewer, console_.connections.vault.id)

describe('an approval policy', () => {
  it('changes when another administrator confirms it, and says so meanwhile', async () => {
    const { ctx, actors } = console_
    const proposalId = idOf(await propose({ approverIds: [bent.personId, anna.personId] }))
    expect(await policy()).toMatchObject({ required: 1, named: false, waitingProposalId: proposalId })
    expect(await propose({})).toMatchObject({ error: { code: 'proposal-waiting' } })
    expect(await confirm(ctx, actors.administrator, proposalId)).toMatchObject({ error: { code: 'own-proposal' } })
    expect(await confirm(ctx, anna, proposalId)).toMatchObject({ error: { code: 'not-permitted' } })
    expect(await confirm(ctx, actors.administrator2, proposalId)).toMatchObject({ ok: true })
    expect(await policy()).toMatchObject({
      required: 2,
      named: true,
      approvers: [anna.name, bent.name],
      problem: null,
      waitingProposalId: null,
    })
    const [event] = await ctx.db.auditEvent.findMany({ where: { type: 'connection.changed' } })
    expect(event?.details).toMatchObject({ approvalsRequiredBefore: 1, approvalsRequired: 2, proposalId })
  })

  it.each([
    ['more approvals than approvers', () => ({ approvalsRequired: 5 }), 'only 4 can be given'],
    ['more approvals than people named', () => ({ approverIds: [anna.personId] }), 'only 1 can be given'],
    [
      'somebody who is no approver',
      () => ({ approverIds: [anna.personId, bent.personId, console_.actors.auditor.personId] }),
      'is no approver now',
    ],
    [
      'nobody who could decide what any custodian imports',
      () => ({ approverIds: [console_.actors.custodian.personId, console_.actors.custodian2.personId] }),
      'Nobody could import',
    ],
  ])('can’t ask for %s', async (_, wish, because) => {
    expect(await propose(wish())).toMatchObject({
      error: { code: 'invalid-input', message: expect.stringContaining(because) },
    })
  })

  it('that people were taken away from is not confirmed any more', async () => {
    const { ctx, actors } = console_
    const proposalId = idOf(await propose({ approvalsRequired: 1, approverIds: [anna.personId] }))
    await ctx.db.person.update({ where: { id: anna.personId }, data: { disabledAt: ctx.clock() } })
    expect(await confirm(ctx, actors.administrator2, proposalId)).toMatchObject({ error: { code: 'invalid-input' } })
    expect(await policy()).toMatchObject({
      required: 2,
      problem: 'Somebody who is named is no approver now.',
    })
  })

  it.each(['custodian', 'auditor', 'viewer'] as const)('is not for the role %s to propose', async (who) => {
    expect(await propose({}, console_.actors[who])).toMatchObject({ error: { code: 'not-permitted' } })
  })
})
