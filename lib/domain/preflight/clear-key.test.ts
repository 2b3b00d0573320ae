import { describe, expect, it } from 'vitest'
import type { PreflightInput, PreflightTarget, PreflightVault } from './input'
import type { PreflightCheckId } from './report'
import { checksOf, runPreflight, warningsOf } from './run-preflight'

const vault: PreflightVault = { url: 'https://contoso.vault.azure.net', kind: 'azure_key_vault' }
const hsm: PreflightVault = { url: 'https://contoso.managedhsm.azure.net', kind: 'azure_managed_hsm' }
const target: PreflightTarget = {
  name: 'orders',
  kty: 'EC',
  sizeOrCurve: 'P-256',
  keyOps: ['sign', 'verify'],
  notBefore: null,
  expiresAt: '2027-11-22T12:00:00Z',
  exportable: false,
  releasePolicy: null,
  tags: {},
}
const input: PreflightInput = {
  way: 'jwk',
  key: { family: 'EC', sizeOrCurve: 'P-256' },
  vault,
  kekKid: null,
  target,
  nameState: { state: 'free' },
  caller: {
    importPermission: 'seen-working',
    otherApprovers: 1,
    approvalsRequired: 1,
    vaultAnswers: true,
    clockSkewMs: 0,
  },
  now: new Date('2026-11-22T12:00:00Z'),
}

const finding = (id: PreflightCheckId, change: Partial<PreflightInput>) =>
  runPreflight({ ...input, ...change }).rows.find((row) => row.id === id)

describe('preflight of a key that goes in the clear', () => {
  it('warns of one thing where all is well: that the server sees the key', () => {
    const report = runPreflight(input)
    expect(report.verdict).toBe('warn')
    expect(warningsOf(report)).toEqual(['key-seen-by-server'])
    expect(report.sentSha256).toBeNull()
  })

  it('asks neither for a file nor for a KEK, and a blob is never asked about its key', () => {
    const groups = new Set(runPreflight(input).rows.map(({ group }) => group))
    expect([...groups]).toEqual(['key', 'target', 'caller'])
    expect(checksOf('blob').filter((id) => id.startsWith('key-'))).toEqual([])
  })

  it.each([
    ['software at a Key Vault', vault, 'EC', 'pass'],
    ['software at a Standard vault', { ...vault, tier: 'standard' }, 'RSA', 'pass'],
    ['software at a Managed HSM', hsm, 'EC', 'fail'],
    ['hardware at a Managed HSM', hsm, 'RSA-HSM', 'pass'],
    ['hardware at a Premium vault', { ...vault, tier: 'premium' }, 'EC-HSM', 'pass'],
    ['hardware at a Standard vault', { ...vault, tier: 'standard' }, 'EC-HSM', 'fail'],
    ['hardware at a vault of an unknown tier', vault, 'EC-HSM', 'warn'],
    ['a symmetric key at a Managed HSM', hsm, 'oct-HSM', 'warn'],
    ['a symmetric key at a Key Vault', vault, 'oct-HSM', 'fail'],
  ] as const)('%s: the vault’s type is judged', (_title, at, kty, verdict) => {
    expect(finding('target-tier', { vault: at, target: { ...target, kty } })).toMatchObject({ verdict })
  })

  it.each([
    ['another curve', { family: 'EC', sizeOrCurve: 'P-384' }],
    ['another type', { family: 'RSA', sizeOrCurve: '2048' }],
  ] as const)('stops a key of %s than was chosen', (_title, key) => {
    expect(finding('key-type', { key })).toMatchObject({ verdict: 'fail' })
  })

  it('stops a software key that is to be released', () => {
    const released = { ...target, exportable: true, releasePolicy: { text: '{}', immutable: false } }
    expect(finding('target-release-policy', { target: released })).toMatchObject({
      verdict: 'fail',
      fact: expect.stringContaining('hardware'),
    })
  })

  it('lets no transfer blob become a key in software', () => {
    const { way: _way, ...blob } = input
    expect(runPreflight(blob).rows.find(({ id }) => id === 'target-tier')).toMatchObject({ verdict: 'fail' })
  })

  it('waits for what is not known yet', () => {
    const { rows, verdict } = runPreflight({ way: 'jwk', kekKid: null, now: input.now })
    expect(verdict).toBe('pending')
    expect(rows.find(({ id }) => id === 'key-type')?.verdict).toBe('pending')
    expect(rows.find(({ id }) => id === 'target-tier')?.verdict).toBe('pending')
  })
})
