import { describe, expect, it } from 'vitest'
import { credentialSchema } from '@/lib/domain/connections/credential'
import { readAddVault } from './read-add-vault'

function form(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

const filled = {
  name: ' Payments ',
  kind: 'azure_key_vault',
  url: 'https://contoso.vault.azure.net/',
  environment: 'production',
  credential: 'client-secret',
  tenantId: 't',
  clientId: 'c',
  secretVariable: 'PROD_VAULT_SECRET',
}

describe('the form that connects a vault', () => {
  it('gives what the service takes', () => {
    const read = readAddVault(form(filled))
    expect(read).toMatchObject({ ok: true, value: { name: 'Payments', url: 'https://contoso.vault.azure.net' } })
    if (read.ok) expect(credentialSchema.safeParse(read.value.credential).success).toBe(true)
  })

  it.each([
    ['name', { name: ' ' }],
    ['kind', { kind: '' }],
    ['environment', { environment: 'moon' }],
    ['url', { url: 'https://contoso.example.net' }],
    ['url', { url: 'https://contoso.managedhsm.azure.net' }],
    ['url', { url: 'http://contoso.vault.azure.net' }],
    ['credential', { credential: '' }],
    ['tenantId', { tenantId: '' }],
    ['secretVariable', { secretVariable: 'hunter2!' }],
    ['certificatePathVariable', { credential: 'client-certificate' }],
  ])('names the field %s when it must be mended: %j', (field, change) => {
    const read = readAddVault(form({ ...filled, ...change }))
    expect(read.ok ? [] : Object.keys(read.error)).toEqual([field])
  })
})
