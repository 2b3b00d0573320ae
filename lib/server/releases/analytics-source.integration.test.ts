import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { KeyClient } from '@azure/keyvault-keys'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { auditContainer, recordPath } from '@/lib/local-vault/audit-log/record-path'
import { type LocalVault, startLocalVault } from '@/lib/local-vault/server'
import { attest, policyText } from '@/lib/local-vault/testing/attest'
import { type AuditRecord, readAuditRecords } from '@/lib/local-vault/testing/read-audit-records'
import { tlsCredential } from '@/lib/local-vault/testing/tls-credential'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { analyticsSource } from './analytics-source'
import { folderSource } from './folder-source'
import { getLogReading } from './get-log-reading'
import { readLogs } from './read-logs'

const HOUR_MS = 3_600_000
const workspace = randomUUID()
const isCompliant = { 'x-ms-isolation-tee.x-ms-compliance-status': 'azure-compliant-cvm' }
const environmentKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })

let testConsole: TestConsole
let vault: LocalVault
let dataFolder: string
beforeAll(async () => {
  dataFolder = mkdtempSync(path.join(tmpdir(), 'drawbridge-analytics-'))
  ;[testConsole, vault] = await Promise.all([createTestConsole(), startLocalVault({ dataFolder, tls: true })])
}, 60_000)
afterAll(async () => {
  await Promise.all([vault.close(), testConsole.close()])
  rmSync(dataFolder, { recursive: true, force: true })
})

function overTls() {
  const { description } = vault
  const ca = readFileSync(description.ca ?? '')
  return { ca, credential: tlsCredential(description, ca), urls: description.vaults.map(({ url }) => url) }
}

function source() {
  const { ca, credential, urls } = overTls()
  return analyticsSource({ workspace, endpoint: urls[0] ?? '', credential, client: { tlsOptions: { ca } } })
}

/** In each vault a release, a denial, and calls that the history is not about. */
async function releaseSomething(): Promise<void> {
  const { ca, credential, urls } = overTls()
  const token = await attest(vault.description, { key: environmentKey })
  for (const url of urls) {
    const keys = new KeyClient(url, credential, { disableChallengeResourceVerification: true, tlsOptions: { ca } })
    for (const [name, claims] of [
      ['guarded', isCompliant],
      ['closed', { secureboot: 'a claim that nobody has' }],
    ] as const) {
      const encodedPolicy = Buffer.from(policyText(vault.description.attestation.url, claims))
      await keys.createRsaKey(name, { hsm: true, exportable: true, releasePolicy: { encodedPolicy } })
    }
    await keys.getKey('guarded')
    await keys.releaseKey('guarded', token)
    await expect(keys.releaseKey('closed', token)).rejects.toMatchObject({ statusCode: 403 })
  }
}

/** The history's calls in the vaults' own files. */
const logged = () =>
  readAuditRecords(vault.description).filter(({ operationName }) => /^Key(?:Release|Create)$/.test(operationName))
const history = () => testConsole.ctx.db.logRecord.findMany({ orderBy: { digest: 'asc' } })
const read = () => readLogs(testConsole.ctx, [source()])
const told = () => testConsole.ctx.db.logSource.findUniqueOrThrow({ where: { place: source().place } })

/** A record that reaches the log only now, of a moment before. */
function writeLate(agoMs: number, more: Partial<AuditRecord> = {}): void {
  const [release] = logged().filter(({ operationName }) => operationName === 'KeyRelease')
  if (!release) throw new Error('nothing was released')
  const at = Date.now() - agoMs
  const file = path.join(vault.description.auditLog, auditContainer, recordPath(release.resourceId, at))
  const time = new Date(at).toISOString().replace('Z', '0000Z')
  mkdirSync(path.dirname(file), { recursive: true })
  appendFileSync(file, `${JSON.stringify({ ...release, time, correlationId: randomUUID(), ...more })}\n`)
}

it('has of both tables each call once, as the files tell it; late and broken ones too; and an endpoint away is told', async () => {
  const { ctx, actors } = testConsole
  await releaseSomething()
  await read()
  expect(await told()).toMatchObject({ problemAt: null, readAt: expect.any(Date), readUpTo: expect.any(Date) })
  const first = await history()
  expect(first.length).toBeGreaterThanOrEqual(8)
  expect(first).toHaveLength(logged().length)
  await read()
  expect(await history()).toEqual(first)

  // The same vaults' files bring nothing new: a row and its record are one.
  await readLogs(ctx, [folderSource(vault.description.auditLog)])
  expect(await history()).toEqual(first)

  writeLate(HOUR_MS)
  await read()
  expect(await history()).toHaveLength(first.length + 1)
  // Later than a round looks back: the first one of the next hour does.
  writeLate(30 * HOUR_MS)
  testConsole.advance(HOUR_MS)
  await read()
  expect(await history()).toHaveLength(logged().length)

  writeLate(0, { operationName: 'KeyMystery' })
  await read()
  const { aside, sources } = await getLogReading(ctx, actors.auditor)
  expect(aside.newest.map(({ path: table, reason }) => [table, reason]).sort()).toEqual([
    ['AZKVAuditLogs', 'unknown-operation'],
    ['AzureDiagnostics', 'unknown-operation'],
  ])
  const { readUpTo } = await told()
  expect(sources).toContainEqual(expect.objectContaining({ readUpTo: readUpTo?.toISOString() }))

  const away = source()
  await vault.close()
  await readLogs(ctx, [away])
  expect(await told()).toMatchObject({ problemAt: expect.any(Date), readUpTo })
  vault = await startLocalVault({ dataFolder })
  writeLate(0)
  await readLogs(ctx, [away])
  expect((await told()).problemAt).toBeNull()
  expect(await history()).toHaveLength(logged().length)

  // A record that comes days late: each older day has its turn within half a day.
  writeLate(9 * 24 * HOUR_MS)
  for (let hour = 0; hour < 13; hour++) {
    testConsole.advance(HOUR_MS)
    await readLogs(ctx, [away])
  }
  expect(await history()).toHaveLength(logged().length)
}, 120_000)
