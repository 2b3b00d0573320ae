import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProviderError } from '@/lib/providers/port'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import {
  asked,
  debuggable,
  type ExportableKey,
  exportableKey,
  readVaultLog,
  tokenFor,
} from '@/lib/testing/exportable-key'
import { encodingsIn } from '@/lib/testing/journey/traces'
import { reconcileOperation } from '../../operations/reconcile-operation'
import { interrupted } from '../../reviews/testing/interrupted'
import { disableVersion } from '../../stop/disable-version'
import { evaluateReleases } from '../evaluation/evaluate-releases'
import { performRelease } from './perform-release'

let world: TestConsole
beforeAll(async () => {
  world = await createTestConsole()
})
afterAll(() => world.close())

const operationOf = (id: string) => world.ctx.db.operation.findUniqueOrThrow({ where: { id } })
const eventsOf = (operationId: string) =>
  world.ctx.db.auditEvent.findMany({ where: { operationId }, orderBy: { id: 'asc' } })
const alarmsOf = (keyName: string) => world.ctx.db.alarm.findMany({ where: { keyName } })
const releasesOf = (name: string) =>
  world.acknowledged().filter((call) => call.operation === 'release' && call.name === name)

async function perform(key: ExportableKey, token: string, more: Parameters<typeof asked>[2] = {}) {
  const result = await performRelease(world.ctx, world.actors.custodian, asked(key, token, more))
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return operationOf(result.value.operationId)
}

describe('a release from the console', () => {
  it('proves that the policy works: verified, measured, on the record, and nothing of it kept', async () => {
    const key = await exportableKey(world, 'allowed')
    const operation = await perform(key, await tokenFor(world), { nonce: 'bm9uY2U', algorithm: 'RSA_AES_KEY_WRAP_256' })
    expect(operation).toMatchObject({
      ...{ kind: 'release_key', status: 'succeeded', keyVersion: key.version },
      params: { expected: 'allow', notMet: '', policySha256: key.policySha256, nonce: 'bm9uY2U' },
      outcome: {
        ...{ end: 'released', agreement: 'agrees', wrappedFor: 'TpmEphemeralEncryptionKey', wrappedLength: 408 },
        ...{ signature: 'holds', chain: 'holds', times: 'holds', host: 'holds', root: 'not-known' },
        ...{ request: 'holds', nonce: 'holds', wrapped: 'holds' },
      },
    })
    const events = await eventsOf(operation.id)
    expect(events.map(({ phase }) => phase)).toEqual(['intended', 'succeeded'])
    expect(await alarmsOf('allowed')).toEqual([])
  })

  it('refused by the vault says which claim failed, and agrees', async () => {
    const key = await exportableKey(world, 'debuggable')
    const operation = await perform(key, await tokenFor(world, debuggable))
    expect(operation).toMatchObject({
      ...{ status: 'failed', code: 'release-denied' },
      params: { expected: 'deny', notMet: expect.stringMatching(/x-ms-sevsnpvm-is-debuggable has another value/) },
      outcome: { end: 'denied', agreement: 'agrees', refusal: 'policy-not-met' },
    })
    expect(await alarmsOf('debuggable')).toEqual([])
  })

  it.each([
    ['release-allow-anyway-x', debuggable, 'succeeded', 'deny'],
    ['release-deny-anyway-x', {}, 'failed', 'allow'],
  ])(
    'of %s, where the vault acts against its policy, diverges, and an alarm says so',
    async (name, claims, status, expected) => {
      const key = await exportableKey(world, name)
      const operation = await perform(key, await tokenFor(world, claims))
      expect(operation).toMatchObject({ status, params: { expected }, outcome: { agreement: 'diverges' } })
      expect(await alarmsOf(name)).toMatchObject([{ kind: 'release-diverged', facts: { expected } }])
    },
  )

  it('with a token that the vault can’t verify was refused for that, not for the policy', async () => {
    const key = await exportableKey(world, 'forged')
    const [head, body] = (await tokenFor(world)).split('.')
    const operation = await perform(key, `${head}.${body}.${Buffer.alloc(256, 7).toString('base64url')}`)
    expect(operation).toMatchObject({
      ...{ status: 'failed', params: { expected: 'allow' } },
      outcome: { agreement: 'not-by-policy', refusal: 'token-not-verified' },
    })
    expect(await alarmsOf('forged')).toEqual([])
  })

  it('keeps the token as evidence, once, and neither answer nor wrapped key anywhere', async () => {
    const key = await exportableKey(world, 'kept')
    const token = await tokenFor(world)
    let answer = ''
    const ctx = {
      ...world.ctx,
      provider: (connection: typeof world.connections.vault) => {
        const real = world.ctx.provider(connection)
        return {
          ...real,
          releaseKey: async (input: Parameters<typeof real.releaseKey>[0]) => {
            const answered = await real.releaseKey(input)
            answer = answered.value
            return answered
          },
        }
      },
    }
    for (const _ of [1, 2]) await performRelease(ctx, world.actors.custodian, asked(key, token))
    expect(await world.ctx.db.attestationToken.count({ where: { text: token } })).toBe(1)
    const payload = JSON.parse(Buffer.from(answer.split('.')[1] ?? '', 'base64url').toString('utf8'))
    const blob = Buffer.from(payload.response.key.key.key_hsm, 'base64url')
    const wrapped = Buffer.from(JSON.parse(blob.toString('utf8')).ciphertext, 'base64url')
    const rows = await world.ctx.db.$queryRaw<{ all: string }[]>`
      SELECT string_agg(row, '') AS all FROM (SELECT o::text AS row FROM operation o UNION ALL SELECT e::text FROM audit_event e
        UNION ALL SELECT t::text FROM attestation_token t UNION ALL SELECT v::text FROM key_version v) every_row`
    expect(wrapped.length).toBe(408)
    expect(encodingsIn(rows[0]?.all ?? '', wrapped)).toEqual([])
  })
})

describe('a release whose answer was lost', () => {
  const lost = new ProviderError('connection-lost', 'unknown')

  it('is not known, stops no stop, is never sent again, and is told by the vault’s log', async () => {
    const { actors } = world
    const key = await exportableKey(world, 'lost')
    const ctx = interrupted(world.ctx, [{ call: 'releaseKey', when: 'after', error: lost }])
    const result = await performRelease(ctx, actors.custodian, asked(key, await tokenFor(world)))
    if (!result.ok) throw new Error(result.error.code)
    const { operationId } = result.value
    expect(await operationOf(operationId)).toMatchObject({ status: 'indeterminate', code: 'outcome-unknown' })
    expect(await disableVersion(world.ctx, actors.custodian, { ...key, reason: 'It must stop' })).toMatchObject({
      ok: true,
    })
    world.advance(60_000)
    expect(await reconcileOperation(world.ctx, operationId)).toBe('ask-again')
    await readVaultLog(world)
    expect(await reconcileOperation(world.ctx, operationId)).toBe('done')
    expect(await operationOf(operationId)).toMatchObject({
      status: 'succeeded',
      outcome: { end: 'released', toldByRecord: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    expect(releasesOf('lost')).toHaveLength(1)
    await evaluateReleases(world.ctx)
    const { digest } = await world.ctx.db.releaseEvidence.findFirstOrThrow({ where: { operationId } })
    expect(await world.ctx.db.releaseEvaluation.findUnique({ where: { digest } })).toMatchObject({ verdict: 'agrees' })
  })

  it('that never reached the vault stays not known: nothing tells', async () => {
    const key = await exportableKey(world, 'never-there')
    const ctx = interrupted(world.ctx, [{ call: 'releaseKey', when: 'before', error: lost }])
    const result = await performRelease(ctx, world.actors.custodian, asked(key, await tokenFor(world)))
    if (!result.ok) throw new Error(result.error.code)
    world.advance(60_000)
    await readVaultLog(world)
    expect(await reconcileOperation(world.ctx, result.value.operationId)).toBe('ask-again')
    expect(await operationOf(result.value.operationId)).toMatchObject({ status: 'indeterminate' })
  })
})
