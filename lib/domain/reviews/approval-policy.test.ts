import { describe, expect, it } from 'vitest'
import { approveLabel, checkPolicy, countingApprovals, isNamedApprover, type StandingApproval } from './approval-policy'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour))
const request = {
  askedAt: at(8),
  frozenSha256: 'cc',
  ownIds: ['importer', null],
  policy: { required: 2, approverIds: [] as string[] },
}
const live = { mayDecide: true, changedAt: at(7) }
const given = (change: Partial<StandingApproval> = {}): StandingApproval => ({
  approverId: 'anna',
  decision: 'approve',
  frozenSha256: 'cc',
  expiresAt: at(33),
  ...change,
})
const count = (
  approval: StandingApproval,
  change: Partial<typeof request> = {},
  officer: typeof live | undefined = live,
) => countingApprovals([approval], { ...request, ...change }, () => officer, at(9)).length

describe('an approval counts', () => {
  it('of exactly this request, by a live officer who was there before', () => {
    expect(count(given())).toBe(1)
  })

  it.each([
    ['a rejection', given({ decision: 'reject' })],
    ['another request', given({ frozenSha256: 'dd' })],
    ['one that lapsed at this instant', given({ expiresAt: at(9) })],
    ['the importer’s own', given({ approverId: 'importer' })],
  ])('not when it is %s', (_, approval) => {
    expect(count(approval)).toBe(0)
  })

  it('not by somebody who may decide no more, was changed since, is gone, or is not named', () => {
    expect(count(given(), {}, { ...live, mayDecide: false })).toBe(0)
    expect(count(given(), {}, { ...live, changedAt: at(9) })).toBe(0)
    expect(count(given(), { policy: { required: 1, approverIds: ['bent'] } })).toBe(0)
    expect(countingApprovals([given()], request, () => undefined, at(9))).toEqual([])
  })

  it('for nothing that was never frozen', () => {
    const never = { ...request, frozenSha256: null }
    expect(countingApprovals([given()], never, () => live, at(9))).toEqual([])
  })
})

it('nobody named means every approver', () => {
  expect(isNamedApprover({ approverIds: [] }, 'anna')).toBe(true)
  expect(isNamedApprover({ approverIds: ['bent'] }, 'anna')).toBe(false)
})

describe('the button', () => {
  it('enables when this approval is the last one needed, and only says so then', () => {
    expect(approveLabel({ required: 1, given: [] })).toBe('Enable this version')
    expect(approveLabel({ required: 2, given: [] })).toBe('Approve, as 1 of 2')
    expect(approveLabel({ required: 2, given: [{ mine: true }] })).toBe('Approve, as 1 of 2')
    expect(approveLabel({ required: 2, given: [{ mine: false }] })).toBe('Enable this version')
  })
})

describe('a policy', () => {
  const person = (id: string, isApprover: boolean, isCustodian: boolean) => ({ id, name: id, isApprover, isCustodian })
  const both = ['amara', 'lucas'].map((id) => person(id, true, true))
  const anna = person('anna', true, false)

  it('fits where enough are left, whoever imports', () => {
    expect(checkPolicy({ required: 1, approverIds: [] }, both)).toEqual({ verdict: 'fits' })
    expect(checkPolicy({ required: 2, approverIds: [] }, [...both, anna])).toEqual({ verdict: 'fits' })
  })

  it('is refused where it can never be met', () => {
    expect(checkPolicy({ required: 3, approverIds: [] }, both).verdict).toBe('refuse')
    expect(checkPolicy({ required: 2, approverIds: [] }, both).verdict).toBe('refuse')
    expect(checkPolicy({ required: 1, approverIds: ['zoe'] }, both).verdict).toBe('refuse')
  })

  it('warns where only some custodians could import', () => {
    const people = [person('amara', true, true), person('carla', false, true), anna]
    expect(checkPolicy({ required: 2, approverIds: [] }, people)).toMatchObject({
      verdict: 'warn',
      because: expect.stringContaining('amara'),
    })
  })
})
