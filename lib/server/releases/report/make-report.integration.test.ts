import { afterAll, beforeAll, expect, it } from 'vitest'
import { readLogLines } from '@/lib/domain/releases/history/read-log-text'
import { type ReportFields, readReportRequest } from '@/lib/domain/releases/history/report-request'
import { policyText } from '@/lib/local-vault/testing/attest'
import { sha256Hex } from '@/lib/server/digest'
import { indexConnection } from '@/lib/server/inventory/index-connection'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { asked, debuggable, exportableKey, readVaultLog, tokenFor } from '@/lib/testing/exportable-key'
import { approvePolicyChange } from '../../policy-changes/approve-policy-change'
import { requestPolicyChange } from '../../policy-changes/request-policy-change'
import { evaluateReleases } from '../evaluation/evaluate-releases'
import { performRelease } from '../made/perform-release'
import { saveFileRows, toFileRows } from '../save-pieces'
import { listReportVaults, makeReport } from './make-report'

let world: TestConsole
beforeAll(async () => {
  world = await createTestConsole()
})
afterAll(() => world.close())

async function reportOf(key: string, more: Partial<ReportFields> = {}) {
  const { ctx, actors, connections } = world
  const fields = { vault: connections.vault.id, key, from: '', to: '', ...more }
  const read = readReportRequest(fields, ctx.clock())
  if (read.kind !== 'asked') throw new Error(JSON.stringify(read.problems))
  return makeReport(ctx, actors.auditor, read.request)
}

it('tells of one key who was released it, by which policy, and who asked for and approved another one', async () => {
  const { ctx, actors, connections, vault } = world
  const key = await exportableKey(world, 'reported')
  await exportableKey(world, 'reported-not')
  await performRelease(ctx, actors.custodian, asked(key, await tokenFor(world)))
  await performRelease(ctx, actors.custodian, asked(key, await tokenFor(world, debuggable)))
  await indexConnection(ctx, connections.vault)
  const text = policyText(vault.description.attestation.url, { secureboot: true })
  const wanted = { connectionId: key.connectionId, name: key.name, policyText: text, immutable: false, typedName: '' }
  const proposed = await requestPolicyChange(ctx, actors.custodian, { ...wanted, reason: 'The new image' })
  if (!proposed.ok) throw new Error(JSON.stringify(proposed.error))
  const { requestId: enableRequestId } = proposed.value
  const { revision, frozenSha256 } = await ctx.db.enableRequest.findUniqueOrThrow({ where: { id: enableRequestId } })
  const decision = { enableRequestId, revision, frozenSha256, reason: 'Looked at both' }
  expect(await approvePolicyChange(ctx, actors.custodian2, decision)).toMatchObject({ ok: true })
  await readVaultLog(world)
  await evaluateReleases(ctx)

  const report = await reportOf('REPORTED')
  expect(report).toMatchObject({
    ...{ total: 2, evaluated: 2, counts: { allowed: 1, denied: 1, failed: 0 }, isOpen: true },
    rows: [
      { record: { decision: 'allowed' }, evaluation: { verdict: 'agrees', suppliedBy: null } },
      { record: { decision: 'denied' }, evaluation: { verdict: 'agrees', suppliedBy: null } },
    ],
    sightings: [{ sha256: key.policySha256 }, { seenBy: 'own-change' }],
    changes: [
      {
        ...{ requestedBy: actors.custodian.name, reason: 'The new image', status: 'enabled', before: key.policySha256 },
        decisions: [{ by: actors.custodian2.name, decision: 'approve', reason: 'Looked at both', voided: false }],
      },
    ],
    made: { by: actors.auditor.name },
  })
  expect(report?.rows.map(({ policy }) => policy)).toEqual(
    [1, 2].map(() => ({ known: 'policy', sha256: key.policySha256 })),
  )
  expect(report?.changes[0]?.after).toBe(report?.sightings[1]?.sha256)
  // Each policy that it names, with a text of that very digest.
  expect(report?.policies.map(({ sha256 }) => sha256)).toEqual([key.policySha256, report?.changes[0]?.after])
  for (const { sha256, text: printed } of report?.policies ?? []) expect(sha256Hex(printed)).toBe(sha256)
  expect(report?.policiesLeftOut).toBe(0)
  // The import that made the key was no act of ours; what came within a minute of our own change passes for it.
  expect(report?.past.map(({ operation, keyName }) => [operation, keyName])).toEqual([['KeyImport', 'reported']])
  expect(report?.pastTotal).toBe(1)

  const read = (kind: 'read' | 'gap') =>
    report?.reading.spans.filter((span) => span.kind === kind).reduce((sum, { hours }) => sum + hours, 0) ?? 0
  const hours = (ctx.clock().getTime() - Date.parse(`${report?.from}T00:00:00.000Z`)) / 3_600_000
  expect(read('read') + read('gap')).toBe(Math.floor(hours))

  // Asked for under the key's other spelling: the same facts. Of other days, others.
  const again = await reportOf('reported', { from: report?.from ?? '', to: report?.to ?? '' })
  expect(again?.factsSha256).toBe(report?.factsSha256)
  expect((await reportOf('reported', { from: report?.to ?? '' }))?.factsSha256).not.toBe(report?.factsSha256)
})

it('prints how the records that were kept aside begin, of this vault and of nobody’s', async () => {
  const { ctx } = world
  const mark = {
    place: 'folder:broken',
    path: 'nowhere.json',
    shape: 'lines',
    readTo: 0,
    size: 0,
    lookedTo: 0,
  } as const
  await saveFileRows(ctx, [
    toFileRows(ctx, { mark, reading: readLogLines(['{"operationName":"KeyRel', '{"a":1}']) }, () => null),
  ])
  const report = await reportOf('reported-not')
  expect(report?.reading.asideElsewhere).toBe(2)
  expect(report?.reading.asideShown.map(({ excerpt, reason }) => [excerpt, reason]).sort()).toEqual([
    ['{"a":1}', 'no-operation'],
    ['{"operationName":"KeyRel', 'not-json'],
  ])
})

it('is of nothing where the key was never released, and of no vault that is none', async () => {
  expect(await reportOf('reported-not')).toMatchObject({ total: 0, rows: [], changes: [] })
  expect(await reportOf('reported', { from: '2020-01-01', to: '2020-01-31' })).toMatchObject({
    total: 0,
    isOpen: false,
  })
  expect(await reportOf('reported', { vault: 'elsewhere' })).toBeNull()
  expect(await reportOf("' OR true --")).toMatchObject({ total: 0 })
})

it('is closed to whoever may not read the history', async () => {
  const { ctx, actors, connections } = world
  await expect(listReportVaults(ctx, actors.viewer)).rejects.toThrow('releases.read')
  const fields = { vault: connections.vault.id, key: 'reported', from: '', to: '' }
  const read = readReportRequest(fields, ctx.clock())
  if (read.kind === 'asked') await expect(makeReport(ctx, actors.viewer, read.request)).rejects.toThrow('releases.read')
})
