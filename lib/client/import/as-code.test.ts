import { describe, expect, it } from 'vitest'
import type { ImportTarget } from '@/lib/domain/imports/target'
import { azCreateKek, azImport, azVaultArgument, restCreateKek, restImport, shellWord } from './as-code'

const vault = { url: 'https://contoso.vault.azure.net', kind: 'azure_key_vault' } as const
const hsm = { url: 'https://contoso.managedhsm.azure.net', kind: 'azure_managed_hsm' } as const
const local = { url: 'http://127.0.0.1:9000', kind: 'azure_key_vault' } as const

const target: ImportTarget = {
  name: 'payroll',
  kty: 'EC-HSM',
  sizeOrCurve: 'P-256',
  keyOps: ['sign', 'verify'],
  notBefore: null,
  expiresAt: '2027-01-01T00:00:00.000Z',
  exportable: false,
  releasePolicy: null,
  tags: { cost: "o'neill" },
}

describe('an act as code', () => {
  it('names a vault as az does, and a local vault not at all', () => {
    expect(azVaultArgument(vault)).toBe('--vault-name contoso')
    expect(azVaultArgument(hsm)).toBe('--hsm-name contoso')
    expect(azVaultArgument(local)).toBeNull()
  })

  it('creates a KEK for import and nothing else, by az and by REST alike', () => {
    const kek = { name: 'kek-1', bits: 3072, expiresAt: '2027-01-01T00:00:00.000Z' }
    expect(azCreateKek(vault, kek)).toContain('--kty RSA-HSM --size 3072 --ops import')
    expect(azCreateKek(vault, kek)).toContain('--expires 2027-01-01T00:00:00Z')
    const body: unknown = JSON.parse(restCreateKek(vault, kek).split('\n\n')[1] ?? '')
    expect(body).toEqual({
      kty: 'RSA-HSM',
      key_size: 3072,
      key_ops: ['import'],
      attributes: { enabled: true, exp: 1798761600 },
    })
  })

  it('always imports disabled, with the type and the curve said', () => {
    expect(azImport(vault, target, 'payroll key.byok')).toBe(
      [
        'az keyvault key import',
        '--vault-name contoso',
        '--name payroll',
        "--byok-file 'payroll key.byok'",
        '--kty EC --curve P-256',
        '--ops sign verify',
        '--disabled true',
        '--expires 2027-01-01T00:00:00Z',
        "--tags 'cost=o'\\''neill'",
      ].join(' \\\n  '),
    )
    const body: unknown = JSON.parse(restImport(vault, target).split('\n\n')[1] ?? '')
    expect(body).toMatchObject({
      key: { kty: 'EC-HSM', crv: 'P-256' },
      attributes: { enabled: false, exp: 1798761600 },
    })
  })

  it('never lets a name or a tag become a second shell word', () => {
    expect(shellWord('$(rm -rf /)')).toBe("'$(rm -rf /)'")
    expect(shellWord('plain-name_1.byok')).toBe('plain-name_1.byok')
  })
})
