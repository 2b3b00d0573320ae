import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyText } from '@/lib/local-vault/testing/attest'
import { ProviderError } from '@/lib/providers/port'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import {
  asked,
  debuggable,
  type ExportableKey,
  exportableKey,
  GUARDED,
  readVaultLog,
  tokenFor,
} from '@/lib/testing/exportable-key'
import { encodingsIn } from '@/lib/testing/journey/traces'
import { createKey } from '../../created-keys/create-key'
import { reconcileOperation } from '../../operations/reconcile-operation'
import { approveEnable } from '../../reviews/approve-enable'
import { requestEnable } from '../../reviews/request-enable'
import { importKey, makeKek } from '../../reviews/testing/import-key'
import { interrupted } from '../../reviews/testing/interrupted'
import { ecSourceKey } from '../../reviews/testing/source-key'
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

describe('before the vault is asked', () => {
  it.each([
    ['auditor', 'not-permitted'],
    ['viewer', 'not-permitted'],
    ['administrator', 'not-permitted'],
  ] as const)('%s is refused: %s', async (person, code) => {
    const key = await exportableKey(world, `closed-to-${person}`)
    const result = await performRelease(world.ctx, world.actors[person], asked(key, await tokenFor(world)))
    expect(result).toMatchObject({ error: { code } })
    expect(releasesOf(key.name)).toEqual([])
  })

  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { iss: 'https://a.example', exp: 4_102_444_800 }
  const signed = (header: object, body: unknown) => `${part(header)}.${part(body)}.${part('signature')}`

  it.each([
    ['no token', 'hello', /is no token/],
    ['alg none', signed({ alg: 'none' }, claims), /Nobody signed this token/],
    ['a shared secret, as in a key confusion', signed({ alg: 'HS256' }, claims), /no attestation authority signs with/],
    ['a claim of 10 MB', signed({ alg: 'RS256' }, { ...claims, big: 'x'.repeat(10_000_000) }), /longer than 128 KiB/],
    [
      'claims a thousand deep',
      `${part({ alg: 'RS256' })}.${Buffer.from(`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`).toString('base64url')}.c2ln`,
      /deeper than 16/,
    ],
    ['no key to wrap for', signed({ alg: 'RS256' }, claims), /no key that a released one/],
  ])('a token that is %s is refused by a sentence at its field', async (_what, token, words) => {
    const key = { connectionId: world.connections.vault.id, name: 'hostile', version: '0'.repeat(32), policySha256: '' }
    const result = await performRelease(world.ctx, world.actors.custodian, asked(key, token))
    expect(result).toMatchObject({
      error: { code: 'invalid-input', fields: { token: expect.stringMatching(words) } },
    })
  })

  it('another policy than the one of the dry run, a disabled version and a marked one send nothing', async () => {
    const { ctx, actors } = world
    const key = await exportableKey(world, 'changed')
    const token = await tokenFor(world)
    const other = asked(key, token, { policySha256: 'f'.repeat(64) })
    expect(await performRelease(ctx, actors.custodian, other)).toMatchObject({ error: { code: 'conflict' } })
    await disableVersion(ctx, actors.custodian, { ...key, reason: 'Seen in a log file' })
    expect(await performRelease(ctx, actors.custodian, asked(key, token))).toMatchObject({
      error: { code: 'not-releasable' },
    })
    expect(releasesOf('changed')).toEqual([])
  })

  it('an import that was not approved is not released, though somebody enabled it past Drawbridge', async () => {
    const { ctx, actors, connections, vault } = world
    const connection = connections.vault
    const kekId = await makeKek(ctx, actors.custodian, connection, 'kek')
    const text = policyText(vault.description.attestation.url, GUARDED)
    const target = { exportable: true, releasePolicy: { text, immutable: false } }
    const wish = {
      ctx,
      actor: actors.custodian,
      connection,
      kekId,
      name: 'unapproved',
      source: await ecSourceKey(),
      target,
    }
    const importId = await importKey(wish)
    const { keyVersion } = await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
    const version = keyVersion ?? ''
    const { value } = await ctx.provider(connection).updateVersion({ name: 'unapproved', version, enabled: true })
    const policySha256 = value.releasePolicy?.sha256 ?? ''
    const key = { connectionId: connection.id, name: 'unapproved', version, policySha256 }
    expect(await performRelease(ctx, actors.custodian, asked(key, await tokenFor(world)))).toMatchObject({
      error: { code: 'not-releasable', message: expect.stringMatching(/which was not approved/) },
    })
    expect(releasesOf('unapproved')).toEqual([])
  })

  it('a key that was created here is not released before another officer has approved it, though somebody enabled it', async () => {
    const { ctx, actors, connections, vault } = world
    const [connection, name] = [connections.vault, 'created']
    const policy = policyText(vault.description.attestation.url, GUARDED)
    const made = await createKey(ctx, actors.custodian, {
      ...{ connectionId: connection.id, name, kty: 'EC-HSM', sizeOrCurve: 'P-256', keyOps: ['sign'], expiresAt: null },
      ...{ policyText: policy, immutable: false, typedName: '' },
    })
    if (!made.ok) throw new Error(made.error.code)
    const { version } = made.value
    // Without the tag by which the console knows it again, too.
    const { value } = await ctx.provider(connection).updateVersion({ name, version, enabled: true, tags: {} })
    const key = { connectionId: connection.id, name, version, policySha256: value.releasePolicy?.sha256 ?? '' }
    const release = async () => performRelease(ctx, actors.custodian, asked(key, await tokenFor(world)))
    expect(await release()).toMatchObject({
      error: { code: 'not-releasable', message: expect.stringMatching(/^It was created here.+ was not approved/) },
    })
    expect(releasesOf(name)).toEqual([])
    await disableVersion(ctx, actors.custodian, { ...key, reason: 'Nobody approved it' })
    const requested = await requestEnable(ctx, actors.custodian, { ...key, reason: 'Its environment is ready' })
    if (!requested.ok) throw new Error(requested.error.code)
    const { enableRequestId } = requested.value
    const row = await ctx.db.enableRequest.findUniqueOrThrow({ where: { id: enableRequestId } })
    const decision = { enableRequestId, revision: row.revision, frozenSha256: row.frozenSha256, reason: 'Looked into' }
    expect(await approveEnable(ctx, actors.custodian2, decision)).toMatchObject({ ok: true })
    expect(await release()).toMatchObject({ ok: true })
    expect(releasesOf(name)).toHaveLength(1)
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
