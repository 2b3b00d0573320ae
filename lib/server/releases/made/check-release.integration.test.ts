import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyText } from '@/lib/local-vault/testing/attest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { asked, exportableKey, GUARDED, tokenFor } from '@/lib/testing/exportable-key'
import { createKey } from '../../created-keys/create-key'
import { approveEnable } from '../../reviews/approve-enable'
import { requestEnable } from '../../reviews/request-enable'
import { importKey, makeKek } from '../../reviews/testing/import-key'
import { ecSourceKey } from '../../reviews/testing/source-key'
import { disableVersion } from '../../stop/disable-version'
import { performRelease } from './perform-release'

let world: TestConsole
beforeAll(async () => {
  world = await createTestConsole()
})
afterAll(() => world.close())

const releasesOf = (name: string) =>
  world.acknowledged().filter((call) => call.operation === 'release' && call.name === name)

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
