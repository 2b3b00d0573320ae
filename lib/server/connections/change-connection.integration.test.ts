import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CredentialReference } from '@/lib/domain/connections/credential'
import type { AddConnectionInput } from '@/lib/domain/connections/views'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import type { ConnectionRow } from '../context'
import { createKek } from '../keks/create-kek'
import { confirm, idOf, seen } from '../proposals/testing/confirm'
import { withdrawProposal } from '../proposals/withdraw-proposal'
import { importKey, makeKek } from '../reviews/testing/import-key'
import { ecSourceKey } from '../reviews/testing/source-key'
import { addConnection } from './add-connection'
import { type ChangeConnectionInput, changeConnection } from './change-connection'
import { getConnection } from './get-connection'
import { removeConnection } from './remove-connection'

let console_: TestConsole
beforeAll(async () => {
  console_ = await createTestConsole()
})
afterAll(() => console_.close())

const credential: CredentialReference = {
  type: 'client-secret',
  tenantId: 'tenant',
  clientId: 'client',
  secretVariable: 'FIRST_SECRET',
}
const wish: AddConnectionInput = {
  name: 'Production',
  kind: 'azure_key_vault',
  url: 'https://contoso-prod.vault.azure.net',
  environment: 'production',
  credential,
}

let count = 0
async function connected(): Promise<ChangeConnectionInput> {
  count += 1
  const input = { ...wish, name: `Vault ${count}`, url: `https://contoso-${count}.vault.azure.net` }
  const added = await addConnection(console_.ctx, console_.actors.administrator, input)
  if (!added.ok) throw new Error(added.error.code)
  const { kind: _kind, ...settings } = input
  return { ...settings, connectionId: added.value.connectionId, reason: 'Moves' }
}
const propose = (input: ChangeConnectionInput) => changeConnection(console_.ctx, console_.actors.administrator, input)
const rowOf = (id: string): Promise<ConnectionRow> => console_.ctx.db.connection.findUniqueOrThrow({ where: { id } })

describe('changing a connection', () => {
  it('takes two, and then holds for the next call: another address, another provider', async () => {
    const { ctx, actors } = console_
    const now = await connected()
    const before = ctx.provider(await rowOf(now.connectionId))
    const url = 'https://contoso-moved.vault.azure.net'
    const other: CredentialReference = { ...credential, secretVariable: 'SECOND_SECRET' }
    const id = idOf(await propose({ ...now, url: `${url}/`, credential: other }))
    expect(await rowOf(now.connectionId)).toMatchObject({ url: now.url })
    expect(await confirm(ctx, actors.administrator, id)).toMatchObject({ error: { code: 'own-proposal' } })
    expect(await confirm(ctx, actors.administrator2, id)).toMatchObject({ ok: true })
    const row = await rowOf(now.connectionId)
    expect(row).toMatchObject({ url, credential: other, name: now.name })
    expect(ctx.provider(row)).not.toBe(before)
    const event = await ctx.db.auditEvent.findFirstOrThrow({
      where: { type: 'connection.changed' },
      orderBy: { id: 'desc' },
    })
    expect(event).toMatchObject({
      actorId: actors.administrator2.personId,
      connectionId: now.connectionId,
      details: { changed: ['url', 'credential'], urlBefore: now.url, url, proposalId: id },
    })
  })

  it('forgets what was learnt of the old identity, and shows names of settings to administrators alone', async () => {
    const { ctx, actors } = console_
    const now = await connected()
    const { connectionId } = now
    await ctx.db.connectionOperation.create({ data: { connectionId, operation: 'import', workedAt: ctx.clock() } })
    const id = idOf(await propose({ ...now, credential: { type: 'default' } }))
    await confirm(ctx, actors.administrator2, id)
    const view = await getConnection(ctx, actors.administrator, connectionId)
    expect(view?.capabilities.every(({ known }) => known === 'not-known')).toBe(true)
    expect(view?.credential).toEqual({ type: 'default' })
    expect((await getConnection(ctx, actors.viewer, connectionId))?.credential).toBeNull()
  })

  it.each([
    ['an address outside the allow-list', { url: 'https://vault.example.com' }, 'url'],
    ['another product’s address', { url: 'https://contoso.managedhsm.azure.net' }, 'url'],
    ['a local credential', { credential: { type: 'local-client' } }, 'credential'],
    ['the mark of a local vault', { environment: 'local' }, 'environment'],
  ] as const)('is not proposed with %s', async (_, more, field) => {
    const now = await connected()
    expect(await propose({ ...now, ...more })).toMatchObject({ error: { fields: { [field]: expect.any(String) } } })
  })

  it('is not proposed to what it is, to another’s name or address, or by anybody else', async () => {
    const { ctx, actors } = console_
    const [now, other] = [await connected(), await connected()]
    expect(await propose(now)).toMatchObject({ error: { code: 'already-so' } })
    expect(await propose({ ...now, name: other.name })).toMatchObject({
      error: { fields: { name: expect.any(String) } },
    })
    expect(await propose({ ...now, url: other.url })).toMatchObject({ error: { fields: { url: expect.any(String) } } })
    const changed = { ...now, name: 'Else' }
    for (const name of ['custodian', 'auditor', 'viewer'] as const) {
      expect(await changeConnection(ctx, actors[name], changed)).toMatchObject({ error: { code: 'not-permitted' } })
    }
  })

  it('is refused when the connection is not what the proposal says it was', async () => {
    const { ctx, actors } = console_
    const now = await connected()
    const renamed = idOf(await propose({ ...now, name: `Renamed ${count}` }))
    await removeConnection(ctx, actors.administrator2, { connectionId: now.connectionId, typedName: now.name })
    expect(await confirm(ctx, actors.administrator2, renamed)).toMatchObject({ error: { code: 'not-found' } })
  })

  it('waits for open acts, and an address also for open reviews', async () => {
    const { ctx, actors, connections } = console_
    const { vault } = connections
    const { id: connectionId, name, url, environment } = vault
    const now = { connectionId, name, url, environment, credential: { type: 'local-client' } as const, reason: 'x' }
    const kekId = await makeKek(ctx, actors.custodian, vault, 'kek')
    const keyName = 'hold-import-before-commit-change'
    const source = await ecSourceKey()
    const held = importKey({ ctx, actor: actors.custodian, connection: vault, kekId, name: keyName, source })
    await expect.poll(() => console_.held(), { timeout: 10_000 }).toContain(keyName)
    expect(await propose({ ...now, name: 'Other' })).toMatchObject({ error: { code: 'key-busy' } })
    await console_.release(keyName)
    await held
    expect(await propose({ ...now, url: 'http://127.0.0.1:9' })).toMatchObject({ error: { code: 'imports-undecided' } })
    // Another name does not touch a review.
    const id = idOf(await propose({ ...now, name: 'Local, renamed' }))
    await withdrawProposal(ctx, actors.administrator, await seen(ctx, id))
  })

  it('does not wait for the end of a release that only the vault’s log could tell', async () => {
    const { ctx, actors } = console_
    const now = await connected()
    const at = ctx.clock()
    const row = { id: ctx.newId(), kind: 'release_key', connectionId: now.connectionId, keyName: 'k' } as const
    const begun = { params: {}, actorId: actors.custodian.personId, startedAt: at, deadlineAt: at }
    await ctx.db.operation.create({ data: { ...row, ...begun, status: 'pending' } })
    expect(await propose({ ...now, name: `Released ${count}` })).toMatchObject({ error: { code: 'key-busy' } })
    await ctx.db.operation.update({ where: { id: row.id }, data: { status: 'indeterminate', finishedAt: at } })
    idOf(await propose({ ...now, name: `Released ${count}` }))
    const gone = { connectionId: now.connectionId, typedName: now.name }
    expect(await removeConnection(ctx, actors.administrator2, gone)).toMatchObject({ ok: true })
  })

  it('leaves no act at the old address: one that began to read before finds the connection changed', async () => {
    const { ctx, actors, connections } = console_
    const { hsm } = connections
    const other = { name: 'HSM, renamed', url: 'http://127.0.0.1:9', environment: 'local' as const }
    const change = { ...other, connectionId: hsm.id, credential: { type: 'local-client' } as const, reason: 'Moves' }
    const id = idOf(await propose(change))
    const wishKek = { connectionId: hsm.id, name: 'stale-kek', bits: 2048 as const, expiresAt: null }
    // The change commits between the request's read and its intent: at the first call to the vault.
    let changed = false
    const between = {
      ...ctx,
      provider: () => {
        const provider = ctx.provider(hsm)
        return {
          ...provider,
          listVersions: async (...given: Parameters<typeof provider.listVersions>) => {
            if (!changed) {
              changed = true
              expect(await confirm(ctx, actors.administrator2, id)).toMatchObject({ ok: true })
            }
            return provider.listVersions(...given)
          },
        }
      },
    }
    const made = await createKek(between, actors.custodian, wishKek)
    expect(changed).toBe(true)
    expect(made).toMatchObject({ error: { code: 'conflict' } })
    expect(console_.acknowledged().map(({ name }) => name)).not.toContain('stale-kek')
  })
})

describe('connecting a removed vault again', () => {
  it('brings the same record back, as it was, by one administrator', async () => {
    const { ctx, actors } = console_
    const now = await connected()
    await removeConnection(ctx, actors.administrator, { connectionId: now.connectionId, typedName: now.name })
    const { connectionId: _id, reason: _reason, ...settings } = now
    const again = await addConnection(ctx, actors.administrator, { ...settings, kind: wish.kind })
    expect(again).toEqual({ ok: true, value: { connectionId: now.connectionId } })
    const event = await ctx.db.auditEvent.findFirstOrThrow({
      where: { type: 'connection.added' },
      orderBy: { id: 'desc' },
    })
    expect(event).toMatchObject({ connectionId: now.connectionId, details: { again: true } })
  })

  it.each([
    ['name', { name: 'Another name' }],
    ['environment', { environment: 'test' }],
    ['credential', { credential: { type: 'default' } }],
  ] as const)('is no way to change its %s alone', async (field, more) => {
    const { ctx, actors } = console_
    const now = await connected()
    await removeConnection(ctx, actors.administrator, { connectionId: now.connectionId, typedName: now.name })
    const { connectionId, reason: _reason, ...settings } = now
    expect(await addConnection(ctx, actors.administrator, { ...settings, kind: wish.kind, ...more })).toMatchObject({
      error: { code: 'invalid-input', fields: { [field]: expect.stringContaining('before') } },
    })
    expect(await ctx.db.connection.findUniqueOrThrow({ where: { id: connectionId } })).toMatchObject({
      removedAt: expect.any(Date),
    })
  })
})
