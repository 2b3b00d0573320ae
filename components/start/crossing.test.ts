import { describe, expect, it } from 'vitest'
import { crossingSteps } from './crossing'

const status = (waitingReviews: number) => ({
  waitingReviews,
  waitingProposals: 0,
  alarms: 0,
  notices: 0,
  vaults: [],
  clockAheadMs: null,
})
const keks = (usable: number, openImports = 0) => ({ usable, openImports })
const nextOf = (steps: ReturnType<typeof crossingSteps>) => steps.findIndex((step) => step.next) + 1

describe('the way a key crosses', () => {
  it('begins with a KEK on a fresh installation', () => {
    const steps = crossingSteps({ status: status(0), keks: keks(0), roles: ['custodian'] })
    expect(nextOf(steps)).toBe(1)
    expect(steps[0]?.link).toEqual({ label: 'Create a KEK', href: '/keks/new' })
  })

  it('goes on with an import once a KEK can be used', () => {
    const steps = crossingSteps({ status: status(0), keks: keks(1, 2), roles: ['custodian'] })
    expect(nextOf(steps)).toBe(2)
    expect(steps[1]?.now).toBe('2 imports not decided yet.')
  })

  it('puts what waits for a decision first', () => {
    expect(nextOf(crossingSteps({ status: status(1), keks: keks(1), roles: ['approver'] }))).toBe(3)
  })

  it('says to whom a step is closed', () => {
    const steps = crossingSteps({ status: status(0), keks: keks(0), roles: ['viewer'] })
    expect(steps.map((step) => step.closed)).toEqual([
      'This needs the role custodian.',
      'This needs the role custodian.',
      'This needs the role administrator or custodian or approver or auditor.',
    ])
  })
})
