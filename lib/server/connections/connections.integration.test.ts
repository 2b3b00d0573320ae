import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AddConnectionInput } from '@/lib/domain/connections/views'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { importKey, makeKek } from '../reviews/testing/import-key'
import { ecSourceKey } from '../reviews/testing/source-key'
import { addConnection } from './add-connection'
import { checkConnection } from './check-connection'
import { getConnection } from './get-connection'
import { listConnections } from './list-connections'
import { removeConnection } from './remove-connection'

let console_: TestConsole
beforeAll(async () => {
  console_ = await createTestConsole()
})
afterAll(() => console_.close())

const wish: AddConnectionInput = {
  name: 'Production',
  kind: 'azure_key_vault',
  url: 'https://contoso-prod.vault.azure.net/',
  environment: 'production',
  credential: { type: 'client-secret', tenantId: 't', clientId: 'c', secretVariable: 'PROD_VAULT_SECRET' },
}
const add = (more: Partial<AddConnectionInput>) =>
  addConnection(console_.ctx, console_.actors.administrator, { ...wish, ...more })

describe('connecting a vault', () => {
  it.each([
    ['http', { url: 'http://contoso-prod.vault.azure.net' }, 'url'],
    ['an address outside the allow-list', { url: 'https://vault.example.com' }, 'url'],
    ['a look-alike', { url: 'https://contoso.vault.azure.net.example.com' }, 'url'],
    ['an address literal', { url: 'https://169.254.169.254' }, 'url'],
    ['another product’s suffix', { url: 'https://contoso.managedhsm.azure.net' }, 'url'],
    ['a path', { url: 'https://contoso-prod.vault.azure.net/keys' }, 'url'],
    ['the local client for a vault elsewhere', { credential: { type: 'local-client' } }, 'credential'],
    [
      'a real credential for a vault on this machine',
      { url: 'http://127.0.0.1:9', environment: 'local' },
      'credential',
    ],
    ['the mark "local" for a vault elsewhere', { environment: 'local' }, 'environment'],
  ] as const)('refuses %s', async (_, more, field) => {
    expect(await add(more)).toMatchObject({ error: { code: 'invalid-input', fields: { [field]: expect.any(String) } } })
  })

  it('is for administrators', async () => {
    expect(await addConnection(console_.ctx, console_.actors.custodian, wish)).toMatchObject({
      error: { code: 'not-permitted' },
    })
  })

  it('refuses a name or an address that is there, and tells health without waiting for the credential', async () => {
    const { ctx, actors } = console_
    const added = await add({})
    expect(added).toMatchObject({ ok: true })
    expect(await add({ url: 'https://other.vault.azure.net' })).toMatchObject({
      error: { fields: { name: expect.any(String) } },
    })
    expect(await add({ name: 'Other' })).toMatchObject({ error: { fields: { url: expect.any(String) } } })
    if (!added.ok) return
    const view = await getConnection(ctx, actors.viewer, added.value.connectionId)
    expect(view).toMatchObject({
      state: 'not_answering',
      lastErrorWords: expect.any(String),
      credentialType: 'client-secret',
    })
    expect(view?.capabilities.every(({ known }) => known === 'not-known')).toBe(true)
    expect(JSON.stringify(view)).not.toContain('PROD_VAULT_SECRET')
  })
})

describe('a connection', () => {
  it('tells its health when asked', async () => {
    const { ctx, actors, connections } = console_
    expect(await checkConnection(ctx, actors.administrator, { connectionId: connections.hsm.id })).toEqual({
      ok: true,
      value: { state: 'answering' },
    })
    const views = await listConnections(ctx, actors.viewer)
    expect(views.find(({ id }) => id === connections.hsm.id)).toMatchObject({
      state: 'answering',
      latencyMs: expect.any(Number),
    })
  })

  it('is removed only by its typed name and when nothing on it is open', async () => {
    const { ctx, actors, connections } = console_
    const { vault, hsm } = connections
    const kekId = await makeKek(ctx, actors.custodian, vault, 'kek')
    await importKey({
      ctx,
      actor: actors.custodian,
      connection: vault,
      kekId,
      name: 'open',
      source: await ecSourceKey(),
    })
    const remove = (connectionId: string, typedName: string) =>
      removeConnection(ctx, actors.administrator, { connectionId, typedName })
    expect(await remove(vault.id, vault.name)).toMatchObject({ error: { code: 'conflict' } })
    expect(await remove(hsm.id, 'wrong')).toMatchObject({ error: { code: 'invalid-input' } })
    expect(await remove(hsm.id, hsm.name)).toMatchObject({ ok: true })
    expect((await listConnections(ctx, actors.viewer)).map(({ id }) => id)).not.toContain(hsm.id)
  })
})
