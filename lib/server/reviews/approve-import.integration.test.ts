import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { listEvents } from '../audit/list-events'
import { approveImport } from './approve-import'
import { getImportReview } from './get-import-review'
import { listReviews } from './list-reviews'
import { rejectImport } from './reject-import'
import { decisionOn, importKey, makeKek } from './testing/import-key'
import { ecSourceKey, octSourceKey, rsaSourceKey, type SourceKey } from './testing/source-key'

let console_: TestConsole
let keks: { vault: string; hsm: string }

beforeAll(async () => {
  console_ = await createTestConsole()
  const { ctx, actors, connections } = console_
  keks = {
    vault: await makeKek(ctx, actors.custodian, connections.vault, 'kek-vault'),
    hsm: await makeKek(ctx, actors.custodian, connections.hsm, 'kek-hsm'),
  }
})
afterAll(() => console_.close())

let made = 0
const nextName = () => {
  made += 1
  return `key-${made}`
}
async function waiting(source: SourceKey, where: 'vault' | 'hsm' = 'vault', name = nextName()) {
  const { ctx, actors, connections } = console_
  const wish = { ctx, actor: actors.custodian, connection: connections[where], kekId: keks[where], name, source }
  const importId = await importKey(wish)
  const row = await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
  expect(row.status).toBe('awaiting_review')
  return { importId, name, version: row.keyVersion ?? '', connection: connections[where] }
}

async function inVault({ connection, name, version }: Awaited<ReturnType<typeof waiting>>) {
  return (await console_.ctx.provider(connection).getKey(name, version)).value
}

async function statusOf(importId: string) {
  return (await console_.ctx.db.import.findUniqueOrThrow({ where: { id: importId } })).status
}

describe('a key of the ceremony record', () => {
  it.each([
    ['RSA in the vault', () => rsaSourceKey(), 'vault'],
    ['RSA in the HSM', () => rsaSourceKey(), 'hsm'],
    ['EC P-256K in the vault', () => ecSourceKey('P-256K'), 'vault'],
    ['EC P-521 in the HSM', () => ecSourceKey('P-521'), 'hsm'],
    ['AES-256 in the HSM', async () => octSourceKey(256), 'hsm'],
    ['AES-192 in the HSM', async () => octSourceKey(192), 'hsm'],
  ] as const)('is enabled by a second officer: %s', async (_, makeSource, where) => {
    const { ctx, actors } = console_
    const source = await makeSource()
    const key = await waiting(source, where)
    const before = await inVault(key)
    expect(before.attributes.enabled).toBe(false)
    const result = await approveImport(ctx, actors.custodian2, await decisionOn(ctx, key.importId, source.recorded))
    expect(result).toEqual({ ok: true, value: { status: 'enabled' } })
    const after = await inVault(key)
    expect(after.attributes.enabled).toBe(true)
    expect([...after.keyOps].sort()).toEqual([...before.keyOps].sort())
    expect(after.tags).toMatchObject({ ...before.tags, requires_review: 'false' })
    expect(after.tags.reviewed).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    const row = await ctx.db.import.findUniqueOrThrow({ where: { id: key.importId }, include: { approvals: true } })
    expect(row.approvals).toMatchObject([{ approverId: actors.custodian2.personId, voidedAt: null }])
    expect(row.approvals[0]?.actedAt).not.toBeNull()
    if (source.kty === 'oct-HSM') expect(row.checkWindowMs).toBeGreaterThan(0)
  })

  it('is recognised by its public key file and by its thumbprint', async () => {
    const { ctx, actors } = console_
    const [one, two] = [await ecSourceKey(), await ecSourceKey('P-384')]
    const [first, second] = [await waiting(one), await waiting(two)]
    const file = Buffer.from(one.publicKeyPem ?? '').toString('base64')
    const byFile = { ...(await decisionOn(ctx, first.importId, null)), expected: { fileBase64: file } }
    expect(await approveImport(ctx, actors.custodian2, byFile)).toMatchObject({ ok: true })
    const byThumbprint = await decisionOn(ctx, second.importId, two.thumbprint)
    expect(await approveImport(ctx, actors.custodian2, byThumbprint)).toMatchObject({ ok: true })
  })
})

describe('another key than that of the ceremony record', () => {
  it('ends the import as substituted, with an alarm, and stays disabled', async () => {
    const { ctx, actors } = console_
    const key = await waiting(await rsaSourceKey())
    const other = (await rsaSourceKey()).recorded
    const wrong = await decisionOn(ctx, key.importId, other)
    expect(await approveImport(ctx, actors.custodian2, wrong)).toMatchObject({ error: { code: 'substituted' } })
    expect(await statusOf(key.importId)).toBe('substituted')
    expect((await inVault(key)).attributes.enabled).toBe(false)
    expect(await ctx.db.alarm.findMany({ where: { importId: key.importId } })).toMatchObject([
      { kind: 'key-substituted' },
    ])
    const again = await decisionOn(ctx, key.importId, other)
    expect(await approveImport(ctx, actors.custodian2, again)).toMatchObject({ error: { code: 'not-waiting' } })
    const { events } = await listEvents(ctx, actors.auditor, {
      text: `key:${key.name} type:review.comparison-failed`,
      from: null,
      to: null,
      phases: [],
      page: 1,
      pageSize: 10,
    })
    expect(events).toHaveLength(1)
  })

  it('is disabled again when it is symmetric and its check value differs', async () => {
    const { ctx, actors } = console_
    const key = await waiting(octSourceKey(), 'hsm')
    const wrong = await decisionOn(ctx, key.importId, '000000')
    expect(await approveImport(ctx, actors.custodian2, wrong)).toMatchObject({ error: { code: 'substituted' } })
    expect((await inVault(key)).attributes.enabled).toBe(false)
    const row = await ctx.db.import.findUniqueOrThrow({ where: { id: key.importId } })
    expect(row).toMatchObject({ status: 'substituted', failureCode: 'substituted' })
    expect(row.checkWindowMs).toBeGreaterThan(0)
    const operation = await ctx.db.operation.findFirstOrThrow({ where: { importId: key.importId, kind: 'enable_key' } })
    expect(operation).toMatchObject({ status: 'failed', phase: 'check-value-window-closed' })
  })
})

describe('nothing is enabled', () => {
  it('by whoever imported it, neither through the service nor by raw SQL', async () => {
    const { ctx, actors } = console_
    const source = await ecSourceKey()
    const key = await waiting(source)
    const own = await decisionOn(ctx, key.importId, source.recorded)
    expect(await approveImport(ctx, actors.custodian, own)).toMatchObject({ error: { code: 'own-import' } })
    expect(await rejectImport(ctx, actors.custodian, own)).toMatchObject({ error: { code: 'own-import' } })
    const importer = actors.custodian.personId
    await expect(ctx.db.$executeRaw`
      INSERT INTO approval (id, import_id, importer_id, approver_id, decision, reason, frozen_sha256, decided_at, expires_at, act_before)
      VALUES (gen_random_uuid(), ${key.importId}::uuid, ${importer}::uuid, ${importer}::uuid, 'approve', 'mine',
              ${own.frozenSha256}, now(), now() + interval '1 day', now() + interval '1 day')`).rejects.toThrow()
    await expect(
      ctx.db.$executeRaw`UPDATE import SET status = 'enabling' WHERE id = ${key.importId}::uuid`,
    ).rejects.toThrow()
    expect((await inVault(key)).attributes.enabled).toBe(false)
  })

  it('without a value from the ceremony record that fits the key', async () => {
    const { ctx, actors } = console_
    const key = await waiting(await ecSourceKey())
    const oct = await waiting(octSourceKey(), 'hsm')
    const decide = async (importId: string, value: string | null) =>
      approveImport(ctx, actors.custodian2, await decisionOn(ctx, importId, value))
    expect(await decide(key.importId, null)).toMatchObject({ error: { code: 'value-required' } })
    expect(await decide(key.importId, 'yes, it is fine')).toMatchObject({ error: { code: 'value-not-recognised' } })
    expect(await decide(key.importId, 'A1B2C3')).toMatchObject({ error: { code: 'value-not-recognised' } })
    expect(await decide(oct.importId, 'ab'.repeat(32))).toMatchObject({ error: { code: 'value-not-recognised' } })
    expect(await statusOf(key.importId)).toBe('awaiting_review')
  })

  it('without a reason, without the role, or about another state than was seen', async () => {
    const { ctx, actors } = console_
    const source = await ecSourceKey()
    const key = await waiting(source)
    const decision = await decisionOn(ctx, key.importId, source.recorded)
    const decide = (actor: typeof actors.auditor, more: object) => approveImport(ctx, actor, { ...decision, ...more })
    expect(await decide(actors.custodian2, { reason: '  ' })).toMatchObject({ error: { code: 'invalid-input' } })
    expect(await decide(actors.auditor, {})).toMatchObject({ error: { code: 'not-permitted' } })
    expect(await decide(actors.administrator, {})).toMatchObject({ error: { code: 'not-permitted' } })
    expect(await decide(actors.custodian2, { revision: 99 })).toMatchObject({ error: { code: 'not-waiting' } })
    expect(await decide(actors.custodian2, { frozenSha256: 'f'.repeat(64) })).toMatchObject({
      error: { code: 'not-waiting' },
    })
    expect((await inVault(key)).attributes.enabled).toBe(false)
  })

  it('that was changed in the vault since it was frozen, and the review shows what', async () => {
    const { ctx, actors } = console_
    const source = await ecSourceKey()
    const key = await waiting(source)
    await ctx.provider(key.connection).updateVersion({ name: key.name, version: key.version, keyOps: ['verify'] })
    const decision = await decisionOn(ctx, key.importId, source.recorded)
    expect(await approveImport(ctx, actors.custodian2, decision)).toMatchObject({ error: { code: 'request-changed' } })
    const review = await getImportReview(ctx, actors.custodian2, key.importId)
    expect(review?.facts?.filter((row) => row.differs)).toMatchObject([{ fact: 'Operations', inVault: 'verify' }])
    expect((await inVault(key)).attributes.enabled).toBe(false)
  })

  it('but the reviewed version, when another was added in between', async () => {
    const { ctx, actors } = console_
    const source = await rsaSourceKey()
    const first = await waiting(source)
    const second = await waiting(await rsaSourceKey(), 'vault', first.name)
    expect(second.version).not.toBe(first.version)
    const decision = await decisionOn(ctx, first.importId, source.recorded)
    expect(await approveImport(ctx, actors.custodian2, decision)).toMatchObject({ ok: true })
    expect((await inVault(first)).attributes.enabled).toBe(true)
    expect((await inVault(second)).attributes.enabled).toBe(false)
  })
})

describe('a version added past Drawbridge while the PATCH was under way', () => {
  it('is not the one enabled', async () => {
    const { ctx, actors } = console_
    const source = await ecSourceKey()
    const first = await waiting(source, 'vault', 'hold-update-before-commit-1')
    const approving = approveImport(ctx, actors.custodian2, await decisionOn(ctx, first.importId, source.recorded))
    await expect.poll(() => console_.held(), { timeout: 15_000 }).toContain(first.name)
    const { value: second } = await ctx.provider(first.connection).createKey({
      name: first.name,
      kty: 'EC-HSM',
      curve: 'P-256',
      keyOps: ['sign'],
      enabled: false,
      notBefore: null,
      expiresAt: null,
      tags: {},
    })
    await console_.release(first.name)
    expect(await approving).toEqual({ ok: true, value: { status: 'enabled' } })
    expect((await inVault(first)).attributes.enabled).toBe(true)
    expect((await inVault({ ...first, version: second.version })).attributes.enabled).toBe(false)
  })
})

describe('a review page', () => {
  it('never holds the public key that the approver must give, and tells the importer why they can’t decide', async () => {
    const { ctx, actors } = console_
    const source = await rsaSourceKey()
    const key = await waiting(source)
    const review = await getImportReview(ctx, actors.custodian, key.importId)
    const text = JSON.stringify(review)
    for (const value of [source.recorded, source.thumbprint ?? 'none', (await inVault(key)).publicJwk]) {
      expect(text).not.toContain(typeof value === 'string' ? value : JSON.stringify(value))
    }
    expect(review?.facts?.some((row) => row.differs)).toBe(false)
    expect(review?.cannotDecide).toBe('own-import')
    expect(review?.approvals.others).toEqual(['Test custodian2'])
    const inbox = await listReviews(ctx, actors.custodian)
    expect(inbox.waiting.find((row) => row.id === key.importId)?.cannotDecide).toBe('own-import')
  })
})

describe('at once', () => {
  it('fifty approvals enable once', async () => {
    const { ctx, actors } = console_
    const source = await ecSourceKey()
    const key = await waiting(source)
    const decision = await decisionOn(ctx, key.importId, source.recorded)
    const results = await Promise.all(Array.from({ length: 50 }, () => approveImport(ctx, actors.custodian2, decision)))
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    const codes = results.flatMap((result) => (result.ok ? [] : [result.error.code]))
    expect(codes.filter((code) => !['not-waiting', 'conflict', 'key-busy', 'request-changed'].includes(code))).toEqual(
      [],
    )
    const patches = console_.acknowledged().filter((call) => JSON.stringify(call).includes(key.name))
    expect(patches.filter((call) => JSON.stringify(call).toLowerCase().includes('update'))).toHaveLength(1)
    expect(await ctx.db.alarm.count({ where: { importId: key.importId } })).toBe(0)
    expect(await statusOf(key.importId)).toBe('enabled')
  })

  it('an approval and a rejection have one winner, and the vault agrees with it', async () => {
    const { ctx, actors } = console_
    const source = await ecSourceKey()
    const key = await waiting(source)
    const decision = await decisionOn(ctx, key.importId, source.recorded)
    const [approved, rejected] = await Promise.all([
      approveImport(ctx, actors.custodian2, decision),
      rejectImport(ctx, actors.custodian2, decision),
    ])
    expect([approved.ok, rejected.ok].filter(Boolean)).toHaveLength(1)
    expect(await statusOf(key.importId)).toBe(approved.ok ? 'enabled' : 'rejected')
    expect((await inVault(key)).attributes.enabled).toBe(approved.ok)
  })
})
