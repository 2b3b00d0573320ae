import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CreateExportableKeyInput } from '@/lib/domain/keys/exportable-key'
import { addOfficer } from '@/lib/testing/add-officer'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { holdReading } from '@/lib/testing/hold-reading'
import type { Context } from '../context'
import { getKey } from '../inventory/get-key'
import { recordVersion } from '../inventory/record-version'
import { createKek } from '../keks/create-kek'
import { reconcileOperation } from '../operations/reconcile-operation'
import { getKeyPolicy } from '../policy-changes/get-key-policy'
import { approveEnable } from '../reviews/approve-enable'
import { requestEnable } from '../reviews/request-enable'
import { createKey } from './create-key'

let testConsole: TestConsole
beforeAll(async () => {
  testConsole = await createTestConsole()
})
afterAll(() => testConsole.close())

const policyText = JSON.stringify({
  version: '1.0.0',
  anyOf: [
    { authority: 'https://attest.example', allOf: [{ claim: 'x-ms-compliance-status', equals: 'azure-signed' }] },
  ],
})

function wanted(name: string, changes: Partial<CreateExportableKeyInput> = {}): CreateExportableKeyInput {
  return {
    connectionId: testConsole.connections.vault.id,
    ...{ name, kty: 'EC-HSM', sizeOrCurve: 'P-256', keyOps: ['sign', 'verify'], expiresAt: null },
    ...{ policyText, immutable: false, typedName: '' },
    ...changes,
  }
}

const reached = (name: string) => testConsole.acknowledged().filter((call) => call.name === name)
const intentOf = (keyName: string) => testConsole.ctx.db.operation.findFirstOrThrow({ where: { keyName } })

async function everEnabled({ version }: { version: string }) {
  return (await testConsole.ctx.db.keyVersion.findFirstOrThrow({ where: { version } })).everEnabled
}

async function made(name: string, changes: Partial<CreateExportableKeyInput> = {}) {
  const result = await createKey(testConsole.ctx, testConsole.actors.custodian, wanted(name, changes))
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.fields ?? {})}`)
  return { ...result.value, reason: 'Its environment is ready' }
}

async function decisionOnRequest(enableRequestId: string) {
  const row = await testConsole.ctx.db.enableRequest.findUniqueOrThrow({ where: { id: enableRequestId } })
  return { enableRequestId, revision: row.revision, frozenSha256: row.frozenSha256, reason: 'Looked into' }
}

describe('an exportable key', () => {
  it.each([
    ['vault', 'RSA-HSM', '3072', ['wrapKey', 'unwrapKey']],
    ['vault', 'EC-HSM', 'P-256K', ['sign', 'verify']],
    ['hsm', 'oct-HSM', '128', ['encrypt', 'decrypt']],
  ] as const)('is created in the %s as %s %s, disabled, with that policy', async (where, kty, sizeOrCurve, keyOps) => {
    const { ctx, actors, connections } = testConsole
    const connection = connections[where]
    const name = `made-${sizeOrCurve}`
    const expiresAt = '2031-05-06T07:08:09Z'
    const shape = { kty, sizeOrCurve, keyOps: [...keyOps], expiresAt }
    const key = await made(name, { ...shape, connectionId: connection.id, immutable: true, typedName: name })
    const operation = await intentOf(name)
    expect(operation).toMatchObject({ kind: 'create_key', status: 'succeeded', keyVersion: key.version })
    expect((await ctx.provider(connection).getKey(name)).value).toMatchObject({
      ...{ kty, keyOps: [...keyOps], version: key.version, tags: { drawbridge: operation.id } },
      attributes: { enabled: false, exportable: true, expiresAt: new Date(expiresAt) },
      releasePolicy: { text: policyText, immutable: true },
    })
    const events = await ctx.db.auditEvent.findMany({ where: { operationId: operation.id }, orderBy: { id: 'asc' } })
    expect(events.map(({ phase }) => phase)).toEqual(['intended', 'succeeded'])
    const detail = await getKey(ctx, actors.viewer, key)
    expect(detail).toMatchObject({ origin: 'generated', selected: { enabled: false, sizeOrCurve } })
    expect(await everEnabled(key)).toBe(false)
    expect(await getKeyPolicy(ctx, actors.viewer, { connectionId: connection.id, name })).toMatchObject({
      seen: [{ policy: policyText, seenBy: 'own-creation', immutable: true }],
    })
  })

  it('keeps its origin and its size when the index is made anew', async () => {
    const { ctx, actors, connections } = testConsole
    const key = await made('made-again', {
      connectionId: connections.hsm.id,
      kty: 'oct-HSM',
      sizeOrCurve: '192',
      keyOps: ['encrypt'],
    })
    const record = { keyRecord: { name: key.name, connectionId: key.connectionId } }
    await ctx.db.keyVersion.deleteMany({ where: record })
    await ctx.db.keyRecord.deleteMany({ where: record.keyRecord })
    const { value } = await ctx.provider(connections.hsm).getKey(key.name)
    await recordVersion(ctx, { connection: connections.hsm, key: value, isLatest: true })
    expect(await getKey(ctx, actors.viewer, key)).toMatchObject({
      origin: 'generated',
      selected: { sizeOrCurve: '192' },
    })
    expect(await everEnabled(key)).toBe(false)
  })

  it('is enabled by a request that its maker, by whatever account, can’t approve', async () => {
    const { ctx, actors, connections } = testConsole
    const key = await made('made-to-enable')
    const twin = await addOfficer(ctx, { roles: ['approver'], email: actors.custodian.email })
    const asked = await requestEnable(ctx, actors.custodian2, key)
    if (!asked.ok) throw new Error(asked.error.code)
    const decision = await decisionOnRequest(asked.value.enableRequestId)
    for (const own of [actors.custodian, twin]) {
      expect(await approveEnable(ctx, own, decision)).toMatchObject({ error: { code: 'own-import' } })
    }
    const approver = await addOfficer(ctx, { roles: ['approver'], since: new Date(0) })
    expect(await approveEnable(ctx, approver, decision)).toMatchObject({ ok: true })
    const { value } = await ctx.provider(connections.vault).getKey(key.name)
    expect(value).toMatchObject({ attributes: { enabled: true }, releasePolicy: { text: policyText } })
  })

  it.each(['administrator', 'auditor', 'viewer'] as const)('is not for an %s to create', async (person) => {
    const { ctx, actors } = testConsole
    const refused = await createKey(ctx, actors[person], wanted(`by-${person}`))
    expect(refused).toMatchObject({ error: { code: 'not-permitted' } })
    expect(reached(`by-${person}`)).toEqual([])
  })

  it('is not for a custodian who owes the duties', async () => {
    const { ctx } = testConsole
    const owing = await addOfficer(ctx, { roles: ['custodian'] })
    expect(await createKey(ctx, owing, wanted('by-owing'))).toMatchObject({
      error: { code: 'duties-not-acknowledged' },
    })
    expect(reached('by-owing')).toEqual([])
  })

  it.each([
    ['sizeOrCurve', { kty: 'oct-HSM', sizeOrCurve: '256', keyOps: ['encrypt'] }],
    ['target.sizeOrCurve', { sizeOrCurve: '2048' }],
    ['target.keyOps', { keyOps: ['wrapKey'] }],
    ['expiresAt', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['policyText', { policyText: '{"version":"1.0.0"}' }],
    ['policyText', { policyText: policyText.replace('azure-signed', '\ud800') }],
    ['policyText', { policyText: policyText.replace('https:', 'http:') }],
    ['typedName', { immutable: true, typedName: 'another' }],
  ] as const)('is refused at %s when that is wrong, and nothing leaves', async (field, changes) => {
    const { ctx, actors } = testConsole
    const wish = wanted('never-made', { ...changes } as Partial<CreateExportableKeyInput>) // tuples are lists enough
    expect(await createKey(ctx, actors.custodian, wish)).toMatchObject({
      error: { code: 'invalid-input', fields: { [field]: expect.any(String) } },
    })
    expect(reached('never-made')).toEqual([])
  })

  it('takes no name that is in use or deleted, in whatever case', async () => {
    const { ctx, actors, connections } = testConsole
    await made('made-taken')
    for (const name of ['made-taken', 'MADE-taken']) {
      expect(await createKey(ctx, actors.custodian2, wanted(name))).toMatchObject({ error: { code: 'name-in-use' } })
    }
    expect(reached('made-taken')).toHaveLength(1)
    await ctx.provider(connections.vault).deleteKey('made-taken')
    expect(await createKey(ctx, actors.custodian2, wanted('made-taken'))).toMatchObject({
      error: { code: 'name-soft-deleted' },
    })
  })

  it.each(['key', 'kek'] as const)('adds no version to a %s made since the vault was asked', async (other) => {
    const { ctx, actors, connections } = testConsole
    const name = `late-${other}`
    const late = holdReading(ctx)
    const refused = createKey(late.ctx, actors.custodian, wanted(name))
    await late.hasRead
    const kek = { connectionId: connections.vault.id, name, bits: 2048 as const, expiresAt: null }
    const first =
      other === 'key' ? createKey(ctx, actors.custodian2, wanted(name)) : createKek(ctx, actors.custodian2, kek)
    expect(await first).toMatchObject({ ok: true })
    late.release()
    expect(await refused).toMatchObject({ error: { code: 'name-in-use' } })
    expect(reached(name)).toHaveLength(1)
  })

  it('stops a KEK of its name that had found the name free before', async () => {
    const { ctx, actors, connections } = testConsole
    const name = 'late-against-kek'
    const late = holdReading(ctx)
    const refused = createKek(late.ctx, actors.custodian, {
      ...{ connectionId: connections.vault.id, name, bits: 2048, expiresAt: null },
    })
    await late.hasRead
    await made(name)
    late.release()
    expect(await refused).toMatchObject({ error: { code: 'name-in-use' } })
    expect(reached(name)).toHaveLength(1)
  })

  it('of one name created twenty times at once is created once', async () => {
    const { ctx, actors } = testConsole
    const wish = wanted('made-race')
    const results = await Promise.all(Array.from({ length: 20 }, () => createKey(ctx, actors.custodian, wish)))
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(reached('made-race')).toHaveLength(1)
  })
})

describe('a creation whose answer never came', () => {
  it('is found by its tag when the connection broke after the commit', async () => {
    const name = 'reset-create-after-commit-a'
    await made(name)
    expect(reached(name)).toHaveLength(1)
    const { id } = await intentOf(name)
    testConsole.advance(200_000)
    expect(await reconcileOperation(testConsole.ctx, id)).toBe('done')
    testConsole.advance(-200_000)
    expect(await testConsole.ctx.db.auditEvent.count({ where: { operationId: id, phase: { not: 'intended' } } })).toBe(
      1,
    )
  })
})

/** A vault that makes another key than it is asked for. */
function making(ctx: Context, changes: { enabled: true } | { immutable: true }): Context {
  return {
    ...ctx,
    provider: (connection) => {
      const provider = ctx.provider(connection)
      return {
        ...provider,
        createKey: (input) => {
          const policy = { text: policyText, immutable: 'immutable' in changes }
          return provider.createKey({ ...input, enabled: 'enabled' in changes, releasePolicy: policy })
        },
      }
    },
  }
}

describe('a key that is not as it was asked for', () => {
  it.each([{ enabled: true }, { immutable: true }] as const)(
    '(%o) is told of, stays disabled, and nobody can ask to enable it',
    async (changes) => {
      const { ctx, actors, connections } = testConsole
      const name = `other-${Object.keys(changes)[0]}`
      const told = await createKey(making(ctx, changes), actors.custodian, wanted(name))
      expect(told).toMatchObject({ error: { code: 'vault-refused', message: expect.stringContaining('another key') } })
      expect(await intentOf(name)).toMatchObject({ status: 'failed', code: 'request-changed' })
      const { value } = await ctx.provider(connections.vault).getKey(name)
      expect(value.attributes.enabled).toBe(false)
      const alarms = await ctx.db.alarm.findMany({ where: { keyName: name }, select: { kind: true } })
      expect(alarms).toEqual('enabled' in changes ? [{ kind: 'enabled-outside' }] : [])
      const request = { connectionId: connections.vault.id, name, version: value.version, reason: 'Please' }
      expect(await requestEnable(ctx, actors.custodian2, request)).toMatchObject({ error: { code: 'not-permitted' } })
    },
  )
})
