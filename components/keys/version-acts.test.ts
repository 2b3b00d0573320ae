import { describe, expect, it } from 'vitest'
import type { KeyDetail } from '@/lib/domain/keys/views'
import { closedActs } from './version-acts'

type Selected = KeyDetail['selected']

const selected: Selected = {
  version: 'a'.repeat(32),
  kid: 'https://v/keys/k/a',
  state: 'active',
  enabled: true,
  notBefore: null,
  expiresAt: null,
  createdAt: null,
  updatedAt: null,
  isLatest: true,
  compromised: null,
  import: null,
  kty: 'RSA-HSM',
  sizeOrCurve: '2048',
  keyOps: ['sign'],
  tags: {},
  hsmPlatform: '2',
  exportable: false,
  recoveryLevel: null,
  publicKeyPem: null,
  publicJwk: null,
  spkiSha256: null,
  jwkThumbprint: null,
  whatWorks: [],
  openEnableRequestId: null,
  unmarkProposalId: null,
}
const key = (change: Partial<Selected>, deleted: KeyDetail['deleted'] = null): KeyDetail => ({
  connectionId: 'c',
  vaultName: 'vault',
  vaultUrl: 'https://v',
  environment: 'test',
  name: 'k',
  deleted,
  managed: false,
  origin: 'unknown',
  isKek: false,
  versions: [],
  selected: { ...selected, ...change },
  history: [],
  freshAt: null,
  indexedAt: '2026-11-22T10:00:00.000Z',
  readProblem: null,
})
const brought = (status: 'awaiting_review' | 'enabled' | 'rejected') => ({
  id: 'i',
  reference: 'IMP-1',
  status,
  origin: 'transfer_blob' as const,
})

describe('what a custodian may do with a version', () => {
  const may = (detail: KeyDetail) => closedActs(detail, ['custodian'])

  it('is stop it while it is enabled, and ask for it back once it is stopped', () => {
    expect(may(key({}))).toMatchObject({ disable: undefined, enable: 'This version is enabled.' })
    expect(may(key({ enabled: false }))).toMatchObject({
      disable: 'This version is disabled already.',
      enable: undefined,
    })
  })

  it.each([
    [{ compromised: { at: '2026-11-22T10:00:00.000Z', byName: null, reason: 'r' } }, 'marked compromised'],
    [{ import: brought('awaiting_review') }, 'under review'],
    [{ import: brought('rejected') }, 'ended as rejected'],
    [{ openEnableRequestId: 'e' }, 'asked for this already'],
  ])('is not a way around a review: %j', (change, because) => {
    expect(may(key({ enabled: false, ...change })).enable).toContain(because)
  })

  it('includes asking for an imported version that had been enabled', () => {
    expect(may(key({ enabled: false, import: brought('enabled') })).enable).toBeUndefined()
  })

  it('is nothing but a mark once the key is deleted', () => {
    const acts = may(key({}, { at: null, scheduledPurgeAt: null, recoveryLevel: null }))
    expect(acts).toMatchObject({
      disable: 'The key is deleted.',
      compromised: undefined,
      enable: 'The key is deleted.',
    })
  })
})

describe('a mark', () => {
  const compromised = { at: '2026-11-22T10:00:00.000Z', byName: null, reason: 'r' }
  const unmark = (change: Partial<Selected>, roles: Parameters<typeof closedActs>[1] = ['approver']) =>
    closedActs(key(change), roles).unmark

  it('may be proposed to go, once, where there is one', () => {
    expect(unmark({ compromised })).toBeUndefined()
    expect(unmark({})).toContain('not marked')
    expect(unmark({ compromised, unmarkProposalId: 'p' })).toContain('proposed this already')
    expect(unmark({ compromised }, ['administrator'])).toContain('needs the role')
  })
})

it('an auditor may do none of it', () => {
  expect(Object.values(closedActs(key({}), ['auditor']))).toEqual(
    Array(4).fill('This needs the role custodian or approver.'),
  )
})
