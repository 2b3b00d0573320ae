import type { KeyClient } from '@azure/keyvault-keys'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyText } from '@/lib/local-vault/testing/attest'
import { clientsOf } from '@/lib/local-vault/testing/start-test-vault'
import { recordVersion } from '@/lib/server/inventory/record-version'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import {
  asked,
  debuggable,
  type ExportableKey,
  exportableKey,
  readVaultLog,
  tokenFor,
} from '@/lib/testing/exportable-key'
import { inTransaction } from '../../db/transaction'
import { getLogRecord } from '../list-releases'
import { performRelease } from '../made/perform-release'
import { completeRelease } from './complete-release'
import { evaluateReleases } from './evaluate-releases'
import { getEvaluation } from './get-evaluation'
import { keepToken } from './keep-token'

let world: TestConsole
let official: KeyClient
beforeAll(async () => {
  world = await createTestConsole()
  official = clientsOf(world.vault.description).sdk
})
afterAll(() => world.close())

/** Has the console look at the key now: what it sees is a sighting of its policy. */
async function look({ name, version }: ExportableKey): Promise<void> {
  const { ctx, connections } = world
  const { value: key } = await ctx.provider(connections.vault).getKey(name, version)
  await recordVersion(ctx, { connection: connections.vault, key })
}

/** Past Drawbridge, by the official client; whatever the vault says. */
const releasePast = ({ name, version }: ExportableKey, token: string) =>
  official.releaseKey(name, token, { version }).then(
    () => 'released',
    () => 'refused',
  )

async function rowsOf(name: string) {
  await readVaultLog(world)
  await evaluateReleases(world.ctx)
  const records = await world.ctx.db.logRecord.findMany({
    where: { keyName: name, act: 'release' },
    orderBy: { at: 'asc' },
  })
  const evaluations = await world.ctx.db.releaseEvaluation.findMany({
    where: { digest: { in: records.map(({ digest }) => digest) } },
  })
  return records.map((record) => ({ record, evaluation: evaluations.find(({ digest }) => digest === record.digest) }))
}

const only = async (name: string) => {
  const [row, ...more] = await rowsOf(name)
  if (!row || more.length > 0) throw new Error(`${name} has ${more.length + 1} rows`)
  return row
}

const perform = async (key: ExportableKey, token: string) =>
  performRelease(world.ctx, world.actors.custodian, asked(key, token))
const alarmsOf = (keyName: string) => world.ctx.db.alarm.count({ where: { keyName, kind: 'release-diverged' } })

describe('a release made here', () => {
  it.each([
    ['ours-allowed', {}, 'agrees', 'allow', 'allowed', 0],
    ['ours-debuggable', debuggable, 'agrees', 'deny', 'denied', 0],
    ['release-allow-anyway-ours', debuggable, 'diverges', 'deny', 'allowed', 1],
    ['release-deny-anyway-ours', {}, 'diverges', 'allow', 'denied', 1],
  ])('%s is evaluated again by its own token: %#', async (name, claims, verdict, expected, decision, alarms) => {
    const key = await exportableKey(world, name)
    await perform(key, await tokenFor(world, claims))
    const { record, evaluation } = await only(name)
    expect(record.decision).toBe(decision)
    expect(evaluation).toMatchObject({ verdict, expected, policySha256: key.policySha256 })
    expect(await alarmsOf(name)).toBe(alarms)
    await rowsOf(name)
    expect(await alarmsOf(name)).toBe(alarms)
  })

  // Whoever supplied a token in the moment in which a round found that the release is our own had it count.
  it('is evaluated by its own token whatever is supplied, and when', async () => {
    const { ctx, actors } = world
    const key = await exportableKey(world, 'ours-supplied')
    await perform(key, await tokenFor(world))
    const { digest } = (await only(key.name)).record
    const token = await tokenFor(world, debuggable)
    const tokenSha256 = await inTransaction(ctx.db, (tx) => keepToken(tx, token, ctx.clock()))
    const at = new Date(Date.now() + 60_000)
    const supplied = { id: ctx.newId(), digest, tokenSha256, suppliedById: actors.auditor.personId, at }
    await ctx.db.releaseEvidence.create({ data: supplied })
    expect((await only(key.name)).evaluation).toMatchObject({ verdict: 'agrees', expected: 'allow' })
    expect(await alarmsOf(key.name)).toBe(0)
    const record = await getLogRecord(ctx, actors.auditor, digest)
    if (!record) throw new Error('the record is there')
    expect(await getEvaluation(ctx, actors.auditor, record)).toMatchObject({
      evidence: { source: 'own' },
      earlier: [{ source: 'supplied' }],
    })
  })

  it('is never taken for another’s of the same moment', async () => {
    const key = await exportableKey(world, 'both')
    await Promise.all([releasePast(key, await tokenFor(world, debuggable)), perform(key, await tokenFor(world))])
    const rows = await rowsOf('both')
    const shown = rows.map(({ record, evaluation }) => [record.decision, evaluation?.verdict]).sort()
    expect(shown).toEqual([
      ['allowed', 'agrees'],
      ['denied', undefined],
    ])
  })
})

describe('a release made past Drawbridge', () => {
  const complete = (digest: string, token: string, person: keyof TestConsole['actors'] = 'auditor') =>
    completeRelease(world.ctx, world.actors[person], { digest, token })

  it('is not evaluated, until somebody supplies its token, who is named', async () => {
    const key = await exportableKey(world, 'past')
    const token = await tokenFor(world)
    await look(key)
    expect(await releasePast(key, token)).toBe('released')
    await look(key)
    const { record, evaluation } = await only('past')
    expect(evaluation).toBeUndefined()
    expect(await complete(record.digest, token, 'viewer')).toMatchObject({ error: { code: 'not-permitted' } })
    expect(await complete(record.digest, token)).toEqual({ ok: true, value: undefined })
    expect((await only('past')).evaluation).toMatchObject({ verdict: 'agrees', expected: 'allow' })
    expect(await world.ctx.db.releaseEvidence.findMany({ where: { digest: record.digest } })).toMatchObject([
      { suppliedById: world.actors.auditor.personId, operationId: null },
    ])
    const event = await world.ctx.db.auditEvent.findFirstOrThrow({ where: { type: 'releases.completed' } })
    expect(event).toMatchObject({
      actorId: world.actors.auditor.personId,
      keyName: 'past',
      details: { record: record.digest },
    })
    expect(await complete(record.digest, token)).toMatchObject({ error: { code: 'already-so' } })
  })

  it('shows a vault that acts against its policy, whichever door was used', async () => {
    const key = await exportableKey(world, 'release-allow-anyway-past')
    const token = await tokenFor(world, debuggable)
    await look(key)
    await releasePast(key, token)
    await look(key)
    const { record } = await only(key.name)
    await complete(record.digest, token)
    expect((await only(key.name)).evaluation).toMatchObject({ verdict: 'diverges', expected: 'deny' })
    expect(await alarmsOf(key.name)).toBe(1)
  })

  it('under a policy that changed meanwhile is not evaluated by either, and says between which instants', async () => {
    const { vault } = world
    const key = await exportableKey(world, 'meanwhile')
    const token = await tokenFor(world)
    await look(key)
    await releasePast(key, token)
    const encodedPolicy = Buffer.from(policyText(vault.description.attestation.url, { secureboot: false }))
    await official.updateKeyProperties(key.name, { releasePolicy: { encodedPolicy, immutable: false } })
    const { record } = await only(key.name)
    await complete(record.digest, token)
    // Not seen since: the next look may show another policy.
    expect((await only(key.name)).evaluation).toMatchObject({ verdict: 'policy-not-known', changedFrom: null })
    await look(key)
    const { evaluation } = await only(key.name)
    expect(evaluation).toMatchObject({ verdict: 'policy-not-known', policySha256: null })
    expect(evaluation?.changedFrom && evaluation.changedTo && evaluation.changedFrom <= record.at).toBe(true)
  })

  it('takes no token that can’t be its own, and says why', async () => {
    const key = await exportableKey(world, 'foreign')
    await releasePast(key, await tokenFor(world))
    const { record } = await only('foreign')
    const at = Math.floor(record.at.getTime() / 1000)
    const early = await tokenFor(world, { iat: at - 90_000, nbf: at - 90_000, exp: at - 3_600 })
    const late = await tokenFor(world, { iat: at + 3_600, nbf: at + 3_600, exp: at + 7_200 })
    expect(await complete(record.digest, early)).toMatchObject({
      error: { code: 'token-not-of-this', message: expect.stringMatching(/had expired/) },
    })
    expect(await complete(record.digest, late)).toMatchObject({
      error: { code: 'token-not-of-this', message: expect.stringMatching(/after the release/) },
    })
    expect(await complete(record.digest, 'hello')).toMatchObject({ error: { code: 'invalid-input' } })
    expect(await complete('0'.repeat(64), early)).toMatchObject({ error: { code: 'not-found' } })
    expect(await world.ctx.db.releaseEvidence.count({ where: { digest: record.digest } })).toBe(0)
  })
})
