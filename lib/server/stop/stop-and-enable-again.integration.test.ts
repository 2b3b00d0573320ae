import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { recordVersion } from '../inventory/record-version'
import { approveEnable, ENABLE_AGAIN } from '../reviews/approve-enable'
import { approveImport } from '../reviews/approve-import'
import { getEnableReview } from '../reviews/get-enable-review'
import { reconcileRequested } from '../reviews/reconcile-requested'
import { rejectEnable } from '../reviews/reject-enable'
import { requestEnable } from '../reviews/request-enable'
import { decisionOn, importKey, makeKek } from '../reviews/testing/import-key'
import { interrupted, Killed } from '../reviews/testing/interrupted'
import { ecSourceKey } from '../reviews/testing/source-key'
import { withdrawEnable } from '../reviews/withdraw-enable'
import { disableVersion } from './disable-version'
import { markCompromised } from './mark-compromised'
import { reconcileDisable } from './reconcile-disable'

let console_: TestConsole
beforeAll(async () => {
  console_ = await createTestConsole()
})
afterAll(() => console_.close())

let made = 0
/** A key that is in use, made in the vault by somebody. */
async function inUse(prefix = 'used') {
  const { ctx, connections } = console_
  made += 1
  const { value: key } = await ctx.provider(connections.vault).createKey({
    name: `${prefix}-${made}`,
    kty: 'EC-HSM',
    curve: 'P-256',
    keyOps: ['sign', 'verify'],
    enabled: true,
    notBefore: null,
    expiresAt: null,
    tags: {},
  })
  await recordVersion(ctx, { connection: connections.vault, key, isLatest: true })
  return { connectionId: connections.vault.id, name: key.name, version: key.version, reason: 'Seen in a log file' }
}
type Used = Awaited<ReturnType<typeof inUse>>

const isEnabled = async ({ name, version }: Used) =>
  (await console_.ctx.provider(console_.connections.vault).getKey(name, version)).value.attributes.enabled

async function stopped(prefix?: string) {
  const key = await inUse(prefix)
  expect(await disableVersion(console_.ctx, console_.actors.custodian, key)).toMatchObject({ ok: true })
  return key
}

async function asked(key: Used) {
  const { ctx, actors } = console_
  const result = await requestEnable(ctx, actors.custodian, { ...key, reason: 'The log was cleaned' })
  if (!result.ok) throw new Error(result.error.code)
  return result.value.enableRequestId
}

async function decisionOnRequest(enableRequestId: string) {
  const row = await console_.ctx.db.enableRequest.findUniqueOrThrow({ where: { id: enableRequestId } })
  return { enableRequestId, revision: row.revision, frozenSha256: row.frozenSha256, reason: 'Looked into' }
}

describe('stopping a version', () => {
  it('takes one officer and a reason, and is seen at once', async () => {
    const { ctx, actors } = console_
    const key = await inUse()
    expect(await disableVersion(ctx, actors.viewer, key)).toMatchObject({ error: { code: 'not-permitted' } })
    expect(await disableVersion(ctx, actors.custodian, { ...key, reason: '' })).toMatchObject({
      error: { code: 'invalid-input' },
    })
    expect(await disableVersion(ctx, actors.custodian, key)).toMatchObject({ ok: true })
    expect(await isEnabled(key)).toBe(false)
    const record = await ctx.db.keyRecord.findFirstOrThrow({ where: { name: key.name } })
    expect(record).toMatchObject({ enabled: false, everEnabled: true })
  })

  it('is decided by asking the vault when the answer was lost', async () => {
    const { ctx, actors } = console_
    const done = await inUse('reset-update-after-commit')
    expect(await disableVersion(ctx, actors.custodian, done)).toMatchObject({ ok: true })
    const failing = await inUse('fail-update-503')
    expect(await disableVersion(ctx, actors.custodian, failing)).toMatchObject({ error: { code: 'outcome-unknown' } })
    expect(await disableVersion(ctx, actors.custodian2, failing)).toMatchObject({ error: { code: 'key-busy' } })
    const operation = await ctx.db.operation.findFirstOrThrow({ where: { keyName: failing.name } })
    expect(await reconcileDisable(ctx, operation)).toBe('done')
    expect(await ctx.db.operation.findUniqueOrThrow({ where: { id: operation.id } })).toMatchObject({
      status: 'failed',
      code: 'nothing-reached-the-vault',
    })
  })

  it('leaves a compromised version working until it is disabled: the mark is only a mark', async () => {
    const { ctx, actors } = console_
    const key = await inUse()
    expect(await markCompromised(ctx, actors.custodian, key)).toMatchObject({ ok: true })
    expect(await isEnabled(key)).toBe(true)
    expect(await markCompromised(ctx, actors.custodian2, key)).toMatchObject({ error: { code: 'already-so' } })
    const record = await ctx.db.keyRecord.findFirstOrThrow({ where: { name: key.name } })
    expect(record.compromised).toBe(true)
  })
})

describe('enabling a stopped version again', () => {
  it('is decided by somebody else than who asked', async () => {
    const { ctx, actors } = console_
    const key = await stopped()
    const decision = await decisionOnRequest(await asked(key))
    expect(await approveEnable(ctx, actors.custodian, decision)).toMatchObject({ error: { code: 'own-request' } })
    const review = await getEnableReview(ctx, actors.custodian2, decision.enableRequestId)
    expect(review).toMatchObject({ cannotDecide: null, factsProblem: null })
    expect(await approveEnable(ctx, actors.custodian2, decision)).toEqual({ ok: true, value: { status: 'enabled' } })
    expect(await isEnabled(key)).toBe(true)
  })

  it('is refused for a compromised version, also when it was marked after the request', async () => {
    const { ctx, actors } = console_
    const key = await stopped()
    const decision = await decisionOnRequest(await asked(key))
    await markCompromised(ctx, actors.custodian, key)
    expect(await approveEnable(ctx, actors.custodian2, decision)).toMatchObject({ error: { code: 'compromised' } })
    const other = await stopped()
    await markCompromised(ctx, actors.custodian, other)
    for (const name of [other.name, other.name.toUpperCase()])
      expect(await requestEnable(ctx, actors.custodian, { ...other, name })).toMatchObject({
        error: { code: 'compromised' },
      })
    expect(await isEnabled(key)).toBe(false)
  })

  it('is refused when the version was changed since it was asked for', async () => {
    const { ctx, actors, connections } = console_
    const key = await stopped()
    const decision = await decisionOnRequest(await asked(key))
    const { name, version } = key
    await ctx.provider(connections.vault).updateVersion({ name, version, keyOps: ['sign'] })
    expect(await approveEnable(ctx, actors.custodian2, decision)).toMatchObject({ error: { code: 'request-changed' } })
    expect(await isEnabled(key)).toBe(false)
  })

  it('is asked for once at a time, can be rejected, and withdrawn by who asked', async () => {
    const { ctx, actors } = console_
    const key = await stopped()
    const first = await asked(key)
    expect(await requestEnable(ctx, actors.custodian2, key)).toMatchObject({ error: { code: 'already-so' } })
    expect(await withdrawEnable(ctx, actors.custodian2, { enableRequestId: first })).toMatchObject({
      error: { code: 'not-permitted' },
    })
    expect(await withdrawEnable(ctx, actors.custodian, { enableRequestId: first })).toMatchObject({ ok: true })
    const decision = await decisionOnRequest(await asked(key))
    expect(await rejectEnable(ctx, actors.custodian2, decision)).toEqual({ ok: true, value: { status: 'rejected' } })
    expect(await approveEnable(ctx, actors.custodian2, decision)).toMatchObject({ error: { code: 'not-waiting' } })
    expect(await isEnabled(key)).toBe(false)
  })

  it('is enabled once by twenty approvals at once', async () => {
    const { ctx, actors } = console_
    const key = await stopped()
    const decision = await decisionOnRequest(await asked(key))
    const results = await Promise.all(Array.from({ length: 20 }, () => approveEnable(ctx, actors.custodian2, decision)))
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('is decided by asking the vault when the console was killed in between', async () => {
    const { ctx, actors } = console_
    for (const [when, status] of [
      ['before', 'awaiting_review'],
      ['after', 'enabled'],
    ] as const) {
      const decision = await decisionOnRequest(await asked(await stopped()))
      const broken = interrupted(ctx, [{ call: 'updateVersion', when, error: new Killed('killed') }])
      await expect(approveEnable(broken, actors.custodian2, decision)).rejects.toThrow(Killed)
      const { enableRequestId } = decision
      const operation = await ctx.db.operation.findFirstOrThrow({ where: { enableRequestId } })
      expect(await reconcileRequested(ENABLE_AGAIN)(ctx, operation)).toBe('done')
      expect(await ctx.db.enableRequest.findUniqueOrThrow({ where: { id: enableRequestId } })).toMatchObject({ status })
    }
  })
})

describe('an imported version', () => {
  it('can’t be enabled around its review, nor again by who imported it', async () => {
    const { ctx, actors, connections } = console_
    const kekId = await makeKek(ctx, actors.custodian, connections.vault, 'kek')
    const source = await ecSourceKey()
    const wish = { ctx, actor: actors.custodian, connection: connections.vault, kekId, name: 'imported', source }
    const importId = await importKey(wish)
    const row = await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
    const key: Used = {
      connectionId: row.connectionId,
      name: row.keyName,
      version: row.keyVersion ?? '',
      reason: 'why',
    }
    // A vault's names know no case: a capital letter once passed by the import's own review, and by the mark.
    const shouted = { ...key, name: key.name.toUpperCase() }
    for (const way of [key, shouted])
      expect(await requestEnable(ctx, actors.custodian2, way)).toMatchObject({ error: { code: 'not-permitted' } })
    await approveImport(ctx, actors.custodian2, await decisionOn(ctx, importId, source.recorded))
    await disableVersion(ctx, actors.custodian, key)
    const request = await requestEnable(ctx, actors.custodian2, shouted)
    if (!request.ok) throw new Error(request.error.code)
    expect(await requestEnable(ctx, actors.custodian2, key)).toMatchObject({ error: { code: 'already-so' } })
    const decision = await decisionOnRequest(request.value.enableRequestId)
    expect(await approveEnable(ctx, actors.custodian, decision)).toMatchObject({ error: { code: 'own-import' } })
    expect(await isEnabled(key)).toBe(false)
  })
})
