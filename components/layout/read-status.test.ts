import { describe, expect, it } from 'vitest'
import { parseStatus } from './read-status'

const vault = { id: 'v1', name: 'vault', state: 'answering' }

describe('the status poll', () => {
  it('reads a status', () => {
    const status = { waitingReviews: 2, waitingProposals: 0, alarms: 0, notices: 0, vaults: [vault] }
    expect(parseStatus(status)).toEqual(status)
  })

  it.each([
    null,
    'sign in',
    {},
    { waitingReviews: '2', waitingProposals: 0, alarms: 0, notices: 0, vaults: [] },
    { waitingReviews: 2, waitingProposals: 0, alarms: 0, notices: 0, vaults: [{ ...vault, state: 'fine' }] },
    { waitingReviews: 2, waitingProposals: 0, alarms: 0, notices: 0, vaults: [{ ...vault, state: 'toString' }] },
    { waitingReviews: 2, waitingProposals: 0, alarms: 0, notices: 0 },
  ])('refuses %j', (value) => expect(parseStatus(value)).toBeUndefined())
})
