import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keyState } from '@/lib/domain/keys/key-state'
import { ProviderError } from '@/lib/providers/port'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { purgeKey } from '@/lib/testing/purge-key'
import { wholeInventory } from '@/lib/testing/whole-inventory'
import { importKey, makeKek } from '../reviews/testing/import-key'
import { interrupted } from '../reviews/testing/interrupted'
import { ecSourceKey } from '../reviews/testing/source-key'
import { getStatus } from '../status/get-status'
import { getKey } from './get-key'
import { indexConnection } from './index-connection'
import { listKeys } from './list-keys'
import { refreshConnection } from './refresh-connection'

let console_: TestConsole
beforeAll(async () => {
  console_ = await createTestConsole()
})
afterAll(() => console_.close())

const provider = () => console_.ctx.provider(console_.connections.vault)

function create(name: string, enabled: boolean) {
  const input = { name, kty: 'EC-HSM', curve: 'P-256', keyOps: ['sign', 'verify'], enabled } as const
  return provider().createKey({
    ...input,
    keyOps: [...input.keyOps],
    notBefore: null,
    expiresAt: null,
    tags: { owner: 'x' },
  })
}

const index = () => indexConnection(console_.ctx, console_.connections.vault)

async function recordOf(name: string) {
  const { ctx, connections } = console_
  return ctx.db.keyRecord.findUnique({
    where: { connectionId_name: { connectionId: connections.vault.id, name } },
    include: { versions: true },
  })
}

async function stateOf(name: string) {
  const record = await recordOf(name)
  return record && keyState({ ...record, enabled: record.enabled ?? false }, new Date())
}

describe('reading a vault into the index', () => {
  it('finds keys, learns what was ever enabled, and says that the rest is not known', async () => {
    await create('in-use', true)
    await create('found-disabled', false)
    expect(await index()).toMatchObject({ ok: true })
    expect(await stateOf('in-use')).toBe('active')
    expect(await stateOf('found-disabled')).toBe('disabled_unknown')
    const { version } = (await provider().getKey('in-use')).value
    await provider().updateVersion({ name: 'in-use', version, enabled: false })
    await index()
    expect(await stateOf('in-use')).toBe('suspended')
    expect(await recordOf('in-use')).toMatchObject({ origin: 'unknown', tags: { owner: 'x' }, sizeOrCurve: 'P-256' })
  })

  it('keeps every version, the latest repeated on the name', async () => {
    await create('two-versions', true)
    const { value: second } = await create('two-versions', true)
    await index()
    const record = await recordOf('two-versions')
    expect(record?.versions).toHaveLength(2)
    expect(record?.latestVersion).toBe(second.version)
  })

  it('tells soft-deleted from purged', async () => {
    await create('to-be-deleted', true)
    await index()
    await provider().deleteKey('to-be-deleted')
    await index()
    expect(await stateOf('to-be-deleted')).toBe('destroy_pending')
    await purgeKey(console_, 'to-be-deleted')
    console_.advance(1_000)
    await index()
    expect(await stateOf('to-be-deleted')).toBe('destroyed')
    const all = await listKeys(console_.ctx, console_.actors.viewer, {
      ...wholeInventory,
      states: [],
      text: 'to-be-deleted',
    })
    expect(all.total).toBe(0)
  })

  it('reads in full only what changed', async () => {
    console_.advance(10_000)
    await index()
    let reads = 0
    const counting = interrupted(console_.ctx, [])
    const counted = {
      ...counting,
      provider: (connection: typeof console_.connections.vault) => ({
        ...counting.provider(connection),
        getKey: (name: string, version?: string) => {
          reads += 1
          return counting.provider(connection).getKey(name, version)
        },
      }),
    }
    await indexConnection(counted, console_.connections.vault)
    expect(reads).toBe(0)
    await create('brand-new', true)
    await indexConnection(counted, console_.connections.vault)
    expect(reads).toBe(1)
  })

  it('raises an alarm when a key under review was enabled past Drawbridge', async () => {
    const { ctx, actors, connections } = console_
    const kekId = await makeKek(ctx, actors.custodian, connections.vault, 'kek')
    const wish = { ctx, actor: actors.custodian, connection: connections.vault, kekId, source: await ecSourceKey() }
    const importId = await importKey({ ...wish, name: 'under-review' })
    await index()
    expect(await ctx.db.alarm.count({ where: { importId } })).toBe(0)
    expect(await stateOf('under-review')).toBe('pre_activation')
    expect((await recordOf('under-review'))?.origin).toBe('transfer_blob')
    const row = await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
    await provider().updateVersion({ name: 'under-review', version: row.keyVersion ?? '', enabled: true })
    await index()
    await index()
    expect(await ctx.db.alarm.findMany({ where: { importId } })).toMatchObject([{ kind: 'enabled-outside' }])
    expect(await getStatus(ctx, actors.viewer)).toMatchObject({ alarms: 1, waitingReviews: 0 })
    expect(await getStatus(ctx, actors.auditor)).toMatchObject({ waitingReviews: 1 })
  })
})

describe('one vault down', () => {
  it('takes neither the inventory nor a key’s page with it', async () => {
    const { ctx, actors, connections } = console_
    await index()
    const down = new ProviderError('vault-unreachable', 'not-sent')
    const dark = interrupted(ctx, [{ call: 'getKey', when: 'before', error: down }])
    const address = { connectionId: connections.vault.id, name: 'two-versions' }
    const detail = await getKey(dark, actors.viewer, address)
    expect(detail).toMatchObject({ freshAt: null, readProblem: expect.stringContaining('could not be reached') })
    expect(detail?.selected.whatWorks.find(({ operation }) => operation === 'sign')?.works).toBe(true)
    const fresh = await getKey(ctx, actors.viewer, address)
    expect(fresh).toMatchObject({ readProblem: null, freshAt: expect.any(String), isKek: false })
    expect(fresh?.selected.publicKeyPem).toContain('BEGIN PUBLIC KEY')
    expect(fresh?.selected.spkiSha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is told by its health, and the others are refreshed all the same', async () => {
    const { ctx, actors } = console_
    const port = await closedPort()
    const gone = await ctx.db.connection.create({
      data: {
        name: 'gone',
        kind: 'azure_key_vault',
        url: `http://127.0.0.1:${port}`,
        environment: 'local',
        credential: { type: 'local-client' },
        createdAt: ctx.clock(),
      },
    })
    expect(await refreshConnection(ctx, actors.custodian, { connectionId: null })).toEqual({
      ok: true,
      value: { finished: true },
    })
    const health = await ctx.db.connectionHealth.findUniqueOrThrow({ where: { connectionId: gone.id } })
    expect(health).toMatchObject({ state: 'not_answering', lastErrorCode: 'vault-unreachable' })
    const { sources } = await listKeys(ctx, actors.viewer, wholeInventory)
    expect(sources.map(({ state }) => state).sort()).toEqual(['answering', 'answering', 'not_answering'])
  })
})

async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 1
}
