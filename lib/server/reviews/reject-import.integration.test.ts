import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProviderError } from '@/lib/providers/port'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { deleteRejectedKey } from './delete-rejected-key'
import { getImportReview } from './get-import-review'
import { reconcileDelete } from './reconcile-delete'
import { reconcileReject } from './reconcile-reject'
import { rejectImport } from './reject-import'
import { decisionOn, importKey, makeKek } from './testing/import-key'
import { interrupted, Killed } from './testing/interrupted'
import { ecSourceKey } from './testing/source-key'

let console_: TestConsole
let kekId: string

beforeAll(async () => {
  console_ = await createTestConsole()
  const { ctx, actors, connections } = console_
  kekId = await makeKek(ctx, actors.custodian, connections.vault, 'kek-vault')
})
afterAll(() => console_.close())

let made = 0
async function waiting(name?: string) {
  const { ctx, actors, connections } = console_
  made += 1
  const wish = { ctx, actor: actors.custodian, connection: connections.vault, kekId, source: await ecSourceKey() }
  const importId = await importKey({ ...wish, name: name ?? `rejected-${made}` })
  const row = await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
  return { importId, name: row.keyName, version: row.keyVersion ?? '' }
}

async function rejected(name?: string) {
  const key = await waiting(name)
  const { ctx, actors } = console_
  const result = await rejectImport(ctx, actors.custodian2, await decisionOn(ctx, key.importId, null, 'No signature'))
  expect(result).toEqual({ ok: true, value: { status: 'rejected' } })
  return key
}

const inVault = async ({ name, version }: { name: string; version: string }) =>
  (await console_.ctx.provider(console_.connections.vault).getKey(name, version)).value

const lastOperation = (importId: string, kind: 'reject_key' | 'delete_key') =>
  console_.ctx.db.operation.findFirstOrThrow({ where: { importId, kind }, orderBy: { startedAt: 'desc' } })

describe('a rejected import', () => {
  it('stays disabled and says so in its tag', async () => {
    const key = await rejected()
    const { attributes, tags } = await inVault(key)
    expect(attributes.enabled).toBe(false)
    expect(tags).toMatchObject({ requires_review: 'rejected', purpose: 'test' })
  })

  it('needs a reason', async () => {
    const { ctx, actors } = console_
    const key = await waiting()
    const without = await decisionOn(ctx, key.importId, null, ' ')
    expect(await rejectImport(ctx, actors.custodian2, without)).toMatchObject({ error: { code: 'invalid-input' } })
  })

  it('is decided by its tag when the console was killed in between', async () => {
    const { ctx, actors } = console_
    for (const [when, status] of [
      ['before', 'awaiting_review'],
      ['after', 'rejected'],
    ] as const) {
      const key = await waiting()
      const broken = interrupted(ctx, [{ call: 'updateVersion', when, error: new Killed('killed') }])
      const decision = await decisionOn(ctx, key.importId, null, 'No signature')
      await expect(rejectImport(broken, actors.custodian2, decision)).rejects.toThrow(Killed)
      expect(await reconcileReject(ctx, await lastOperation(key.importId, 'reject_key'))).toBe('done')
      expect(await ctx.db.import.findUniqueOrThrow({ where: { id: key.importId } })).toMatchObject({ status })
    }
  })
})

describe('deleting what a rejected import left', () => {
  it('takes the name typed exactly, and then the key is soft-deleted', async () => {
    const { ctx, actors, connections } = console_
    const key = await rejected()
    expect((await getImportReview(ctx, actors.custodian, key.importId))?.mayDelete).toBe(true)
    const wrong = await deleteRejectedKey(ctx, actors.custodian, { importId: key.importId, typedName: 'Rejected' })
    expect(wrong).toMatchObject({ error: { code: 'invalid-input' } })
    const done = await deleteRejectedKey(ctx, actors.custodian, { importId: key.importId, typedName: key.name })
    expect(done).toEqual({ ok: true, value: undefined })
    expect((await ctx.provider(connections.vault).getDeletedKey(key.name)).value).not.toBeNull()
  })

  it('is refused once the name has another version, which was asked just before', async () => {
    const { ctx, actors } = console_
    const key = await rejected()
    await waiting(key.name)
    expect((await getImportReview(ctx, actors.custodian, key.importId))?.mayDelete).toBe(false)
    const result = await deleteRejectedKey(ctx, actors.custodian, { importId: key.importId, typedName: key.name })
    expect(result).toMatchObject({ error: { code: 'not-deletable' } })
    expect((await inVault(key)).version).toBe(key.version)
  })

  it('is refused for a version on a name that was there before, and for what was not rejected', async () => {
    const { ctx, actors } = console_
    const first = await waiting()
    const second = await rejected(first.name)
    for (const { importId, name } of [first, second]) {
      const result = await deleteRejectedKey(ctx, actors.custodian, { importId, typedName: name })
      expect(result).toMatchObject({ error: { code: 'not-deletable' } })
    }
  })

  it('whose answer was lost is decided by asking for the deleted name', async () => {
    const { ctx, actors } = console_
    const key = await rejected()
    const lost = new ProviderError('connection-lost', 'unknown')
    const broken = interrupted(ctx, [{ call: 'deleteKey', when: 'after', error: lost }])
    const result = await deleteRejectedKey(broken, actors.custodian, { importId: key.importId, typedName: key.name })
    expect(result).toMatchObject({ error: { code: 'outcome-unknown' } })
    expect(await reconcileDelete(ctx, await lastOperation(key.importId, 'delete_key'))).toBe('done')
    expect(await lastOperation(key.importId, 'delete_key')).toMatchObject({ status: 'succeeded' })
  })
})
