import { describe, expect, it } from 'vitest'
import { cannotConfirm, type ProposalFacts } from './may-decide-proposal'

const now = new Date('2026-11-22T10:00:00Z')
const waiting: ProposalFacts = {
  kind: 'change_roles',
  status: 'waiting',
  proposerId: 'ann',
  subjectId: 'sam',
  proposedAt: new Date('2026-11-22T09:00:00Z'),
  expiresAt: new Date('2026-11-23T10:00:00Z'),
  importerIds: [],
}

describe('confirming a proposal', () => {
  it.each([
    ['the proposer', { id: 'ann', roles: ['administrator'] }, {}, 'own-proposal'],
    ['the subject', { id: 'sam', roles: ['administrator'] }, {}, 'about-you'],
    [
      'another account of the proposer',
      { id: 'ann2', otherIds: ['ann'], roles: ['administrator'] },
      {},
      'own-proposal',
    ],
    ['another account of the subject', { id: 'sam2', otherIds: ['sam'], roles: ['administrator'] }, {}, 'about-you'],
    ['another role', { id: 'eve', roles: ['auditor', 'approver'] }, {}, 'role-missing'],
    [
      'an administrator, of an unmarking',
      { id: 'bob', roles: ['administrator'] },
      { kind: 'unmark_compromised' },
      'role-missing',
    ],
    ['an approver, of an unmarking', { id: 'bob', roles: ['approver'] }, { kind: 'unmark_compromised' }, undefined],
    [
      'the importer, of an unmarking',
      { id: 'bob', roles: ['approver', 'custodian'] },
      { kind: 'unmark_compromised', importerIds: ['bob'] },
      'own-import',
    ],
    [
      'an approver, of an unmarking of what another imported',
      { id: 'bob', roles: ['approver'] },
      { kind: 'unmark_compromised', importerIds: ['cat'] },
      undefined,
    ],
    [
      'an approver made one since, of an unmarking',
      { id: 'bob', roles: ['approver'], changedAt: new Date('2026-11-22T09:30:00Z') },
      { kind: 'unmark_compromised' },
      'changed-since',
    ],
    ['another administrator', { id: 'bob', roles: ['administrator'] }, {}, undefined],
    ['another administrator, too late', { id: 'bob', roles: ['administrator'] }, { expiresAt: now }, 'lapsed'],
    ['another administrator, again', { id: 'bob', roles: ['administrator'] }, { status: 'confirmed' }, 'decided'],
  ] as const)('by %s', (_, person, more, because) => {
    expect(
      cannotConfirm(
        { otherIds: [], changedAt: new Date('2026-11-01T00:00:00Z'), ...person },
        { ...waiting, ...more },
        now,
      ),
    ).toBe(because)
  })
})
