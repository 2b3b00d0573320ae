import { createHash, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sumOf } from '@/lib/domain/releases/history/over-time'
import type { HistoryQuery } from '@/lib/domain/releases/history/views'
import { attest, policyText } from '@/lib/local-vault/testing/attest'
import { readAuditRecords } from '@/lib/local-vault/testing/read-audit-records'
import { clientsOf } from '@/lib/local-vault/testing/start-test-vault'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { makeKek } from '@/lib/testing/transfer'
import { appendEvent } from '../audit/append-event'
import { inTransaction } from '../db/transaction'
import { exportReleases } from './export-releases'
import { folderSource } from './folder-source'
import { getLogReading } from './get-log-reading'
import { listCallers } from './list-callers'
import { getLogRecord, listReleases } from './list-releases'
import { readLogs } from './read-logs'
import { releasesOverTime } from './releases-over-time'
import { changesPastDrawbridge, releasesThatShouldNotBe } from './standing-assertions'

const isCompliant = { 'x-ms-isolation-tee.x-ms-compliance-status': 'azure-compliant-cvm' }
const environmentKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })

let testConsole: TestConsole
let clients: ReturnType<typeof clientsOf>
beforeAll(async () => {
  testConsole = await createTestConsole()
  clients = clientsOf(testConsole.vault.description)
  await releasePastDrawbridge()
  await readLogs(testConsole.ctx, [folderSource(testConsole.vault.description.auditLog)])
})
afterAll(() => testConsole.close())

/** By the official client: in each vault a release, a denial, and a call that is neither. */
async function releasePastDrawbridge(): Promise<void> {
  const { description } = testConsole.vault
  const token = await attest(description, { key: environmentKey })
  for (const client of [clients.sdk, clients.hsmSdk]) {
    for (const [name, claims] of [
      ['guarded', isCompliant],
      ['closed', { secureboot: 'a claim that nobody has' }],
    ] as const) {
      const encodedPolicy = Buffer.from(policyText(description.attestation.url, claims))
      await client.createRsaKey(name, { hsm: true, exportable: true, releasePolicy: { encodedPolicy } })
    }
    await client.releaseKey('guarded', token)
    await expect(client.releaseKey('closed', token)).rejects.toMatchObject({ statusCode: 403 })
    await expect(client.releaseKey('guarded', 'no token')).rejects.toMatchObject({ statusCode: 400 })
  }
}

const query = (more: Partial<HistoryQuery> = {}): HistoryQuery => ({
  ...{ text: '', from: null, to: null, decisions: [], first: [], cursor: null, pageSize: 50 },
  ...more,
})
const list = (more?: Partial<HistoryQuery>) => listReleases(testConsole.ctx, testConsole.actors.auditor, query(more))

describe('the release history', () => {
  it('has every release that the vaults’ logs have, none twice, and says that none is evaluated', async () => {
    const logged = readAuditRecords(testConsole.vault.description).filter((each) => each.operationName === 'KeyRelease')
    const { records, total, evaluated } = await list()
    expect({ total, evaluated, logged: logged.length }).toEqual({ total: 6, evaluated: 0, logged: 6 })
    expect(records.map(({ correlationId }) => correlationId).sort()).toEqual(
      logged.map(({ correlationId }) => correlationId).sort(),
    )
    const decisions = records.map(({ connectionName, keyName, decision, status }) =>
      [connectionName, keyName, decision, status].join(' '),
    )
    expect(decisions.sort()).toEqual([
      'local-hsm closed denied 403',
      'local-hsm guarded allowed 200',
      'local-hsm guarded failed 400',
      'local-vault closed denied 403',
      'local-vault guarded allowed 200',
      'local-vault guarded failed 400',
    ])
    const { token } = testConsole.vault.description
    for (const { appId, objectId, address } of records)
      expect({ appId, objectId, address }).toEqual({
        appId: token.clientId,
        objectId: expect.any(String),
        address: '127.0.0.1',
      })
  })

  it('finds by term, negation, decision and time, and takes no wildcard or quote for one', async () => {
    const count = async (more: Partial<HistoryQuery>) => (await list(more)).total
    expect(await count({ text: 'key:guarded' })).toBe(4)
    expect(await count({ text: 'key:guarded vault:local-hsm' })).toBe(2)
    expect(await count({ text: '-vault:local-hsm' })).toBe(3)
    expect(await count({ text: 'code:403' })).toBe(2)
    expect(await count({ decisions: ['denied', 'failed'] })).toBe(4)
    expect(await count({ from: '2999-01-01T00:00:00.000Z' })).toBe(0)
    for (const text of ['%', '_', "key:' OR true --"]) expect([text, await count({ text })]).toEqual([text, 0])
    expect(await count({ text: 'key:guarded\0' })).toBe(4)
  })

  it('counts over time what it lists, whatever is asked for', async () => {
    const { ctx, actors } = testConsole
    const today = new Date().toISOString().slice(0, 10)
    for (const more of [
      {},
      { text: 'key:guarded' },
      { decisions: ['denied'] as const },
      { first: ['person'] as const },
      { from: `${today}T00:00:00.000Z`, to: `${today}T23:59:59.999Z` },
    ]) {
      const told = await releasesOverTime(ctx, actors.auditor, query(more))
      const counted = told?.keys.reduce((sum, { totals }) => sum + sumOf(totals), 0) ?? 0
      expect([more, counted]).toEqual([more, (await list(more)).total])
    }
    const { step } =
      (await releasesOverTime(
        ctx,
        actors.auditor,
        query({ from: `${today}T00:00:00.000Z`, to: `${today}T23:59:59.999Z` }),
      )) ?? {}
    expect(step).toBe('hour')
    const told = await releasesOverTime(ctx, actors.auditor, query())
    expect(told?.keys.map(({ key, totals }) => [key?.vault, key?.name, totals.allowed])).toEqual([
      ['local-hsm', 'guarded', 1],
      ['local-vault', 'guarded', 1],
      ['local-hsm', 'closed', 0],
      ['local-vault', 'closed', 0],
    ])
    expect(await releasesOverTime(ctx, actors.auditor, query({ text: 'key:nothing' }))).toBeNull()
    await expect(releasesOverTime(ctx, actors.viewer, query())).rejects.toThrow('releases.read')
  })

  it('shows one record by its digest, and none by anything else', async () => {
    const { ctx, actors } = testConsole
    const [record] = (await list({ text: 'key:closed' })).records
    expect(await getLogRecord(ctx, actors.auditor, record?.digest ?? '')).toEqual(record)
    expect(await getLogRecord(ctx, actors.auditor, '0'.repeat(64))).toBeNull()
  })

  it('tells by vault who asked, how that ended, and when they last got a key', async () => {
    const { ctx, actors, vault } = testConsole
    const seen = await listCallers(ctx, actors.auditor)
    const counts = { keys: 2, allowed: 1, denied: 1, failed: 1, appIds: [vault.description.token.clientId] }
    expect(seen.map(({ connectionName, total }) => [connectionName, total])).toEqual([
      ['local-hsm', 1],
      ['local-vault', 1],
    ])
    for (const { vault: name, callers } of seen) {
      const { records } = await list({ text: `vault:${name}` })
      const lastReleasedAt = records.find(({ decision }) => decision === 'allowed')?.at
      const { objectId, at: lastAt } = records[0] ?? {}
      expect(callers).toEqual([{ ...counts, person: objectId, upn: null, lastAt, lastReleasedAt }])
    }
    await expect(listCallers(ctx, actors.viewer)).rejects.toThrow('releases.read')
  })

  it('is closed to whoever may not read reviews', async () => {
    const { ctx, actors } = testConsole
    await expect(listReleases(ctx, actors.viewer, query())).rejects.toThrow('releases.read')
    await expect(exportReleases(ctx, actors.custodian, query(), 'csv')[Symbol.asyncIterator]().next()).rejects.toThrow()
  })

  it('is exported as it is shown, and that it was is an event', async () => {
    const { ctx, actors } = testConsole
    const all = async (format: 'csv' | 'jsonl') => {
      let text = ''
      for await (const piece of exportReleases(ctx, actors.auditor, query({ decisions: ['denied'] }), format))
        text += piece
      return text
    }
    const csv = await all('csv')
    expect(csv.trimEnd().split('\r\n')).toHaveLength(3)
    expect(csv).toContain('"not evaluated: the provider\'s log holds no claims"')
    const lines = (await all('jsonl')).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { keyName: 'closed' },
      { keyName: 'closed' },
    ])
    expect(await ctx.db.auditEvent.count({ where: { type: 'releases.exported' } })).toBe(2)
  })
})

const madeAt = (at: Date) => ({ type: 'installation.estate-made', phase: 'succeeded', at, actor: null }) as const

describe('what should be none', () => {
  it('names what changed keys past Drawbridge, and nothing that was done here', async () => {
    const { ctx, actors, connections, vault } = testConsole
    const before = await changesPastDrawbridge(ctx, actors.auditor)
    expect(before.records.map(({ operation, keyName }) => `${operation} ${keyName}`).sort()).toEqual([
      ...['KeyCreate closed', 'KeyCreate closed', 'KeyCreate guarded', 'KeyCreate guarded'],
    ])
    await makeKek(testConsole, connections.vault)
    await clients.sdk.updateKeyProperties('guarded', { enabled: false })
    await clients.sdk.backupKey('guarded')
    await (await clients.sdk.beginDeleteKey('closed')).pollUntilDone()
    await clients.sdk.purgeDeletedKey('closed')
    await readLogs(ctx, [folderSource(vault.description.auditLog)])
    const after = await changesPastDrawbridge(ctx, actors.auditor)
    const told = after.records.slice(0, after.count - before.count).map(({ operation }) => operation)
    expect(told.sort()).toEqual(['KeyBackup', 'KeyDelete', 'KeyPurge', 'KeyUpdate'])
    expect(await ctx.db.logRecord.count({ where: { operation: 'KeyCreate' } })).toBe(5)
  })

  it('takes what the installation did before its example was made for no change past Drawbridge', async () => {
    const { ctx, actors, connections } = testConsole
    const before = await changesPastDrawbridge(ctx, actors.auditor)
    const [newest] = before.records
    const details = { vaults: [connections.vault.name] }
    const { createdAt } = await ctx.db.connection.findUniqueOrThrow({ where: { id: connections.vault.id } })
    const early = new Date(createdAt.getTime() - 1)
    await inTransaction(ctx.db, (tx) => appendEvent(tx, { ...madeAt(early), details }))
    expect(await changesPastDrawbridge(ctx, actors.auditor)).toEqual(before) // of another vault, of the same name
    await inTransaction(ctx.db, (tx) => appendEvent(tx, { ...madeAt(new Date(newest?.at ?? 0)), details }))
    const after = await changesPastDrawbridge(ctx, actors.auditor)
    const ofOthers = before.records.filter(({ connectionId }) => connectionId !== connections.vault.id)
    expect(ofOthers.length).toBeGreaterThan(0)
    expect(after).toEqual({ count: ofOthers.length, records: ofOthers })
  })

  it('knows what an import and a rejection do to a key, and nothing else for it', async () => {
    const { ctx, actors, connections } = testConsole
    const { count: before } = await changesPastDrawbridge(ctx, actors.auditor)
    const at = new Date('2026-10-01T12:00:00.000Z')
    for (const [kind, operation] of [
      ['import_key', 'KeyUpdate'], // what arrived enabled was disabled at once
      ['reject_key', 'KeyUpdate'],
      ['reject_key', 'KeyDelete'], // a rejected key is deleted by an act of its own
    ] as const) {
      const keyName = `${kind}-${operation}`
      await ctx.db.operation.create({
        data: {
          ...{ id: ctx.newId(), kind, connectionId: connections.hsm.id, keyName, params: {}, status: 'succeeded' },
          ...{ actorId: actors.custodian.personId, startedAt: at, deadlineAt: at, finishedAt: at },
        },
      })
      const digest = createHash('sha256').update(keyName).digest('hex')
      const record = { digest, at, vault: 'local-hsm', connectionId: connections.hsm.id, act: 'change', operation }
      await ctx.db.logRecord.create({ data: { ...record, keyName, decision: 'allowed', readAt: at } })
    }
    const after = await changesPastDrawbridge(ctx, actors.auditor)
    expect(after.count - before).toBe(1)
    expect(after.records.at(-1)).toMatchObject({ keyName: 'reject_key-KeyDelete' })
    // What is that long ago is settled, and stays told; what is explained is not asked for again.
    await readLogs(ctx, [])
    expect(await ctx.db.logChangeOpen.count({ where: { at } })).toBe(1)
    expect(await ctx.db.logChangeOpen.count({ where: { at, settled: true } })).toBe(1)
    expect(await changesPastDrawbridge(ctx, actors.auditor)).toEqual(after)
  })

  it('names a release of what Drawbridge had disabled', async () => {
    const { ctx, actors, connections } = testConsole
    expect(await releasesThatShouldNotBe(ctx, actors.auditor)).toEqual({ count: 0, records: [] })
    const [release] = (await list({ text: 'key:guarded vault:local-vault', decisions: ['allowed'] })).records
    const at = new Date(Date.parse(release?.at ?? '') - 60_000)
    await ctx.db.operation.create({
      data: {
        ...{ id: ctx.newId(), kind: 'disable_key', connectionId: connections.vault.id, keyName: 'guarded' },
        ...{ actorId: actors.custodian.personId, params: {}, status: 'succeeded' },
        ...{ startedAt: at, deadlineAt: at, finishedAt: at },
      },
    })
    expect(await releasesThatShouldNotBe(ctx, actors.auditor)).toMatchObject({
      count: 1,
      records: [{ digest: release?.digest }],
    })
  })
})

describe('how complete it is', () => {
  it('is told by hours, each vault’s own', async () => {
    const { sources, vaults, aside } = await getLogReading(testConsole.ctx, testConsole.actors.auditor)
    expect(sources).toMatchObject([{ problemAt: null, readAt: expect.any(String) }])
    expect(vaults.map(({ vault, unreadBytes }) => [vault, unreadBytes])).toEqual([
      ['local-hsm', 0],
      ['local-vault', 0],
    ])
    for (const { spans } of vaults) expect(spans.some(({ kind }) => kind === 'read')).toBe(true)
    expect(aside).toEqual({ count: 0, newest: [] })
  })
})
