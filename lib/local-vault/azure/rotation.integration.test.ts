import type { KeyClient } from '@azure/keyvault-keys'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askAdmin } from '../testing/raw-client'
import { clientsOf, startTestVault, type TestVault } from '../testing/start-test-vault'

let vault: TestVault
beforeAll(async () => {
  vault = await startTestVault()
})
afterAll(() => vault.stop())

const day = 86_400
const rotateAfter = (timeAfterCreate: string) => ({ trigger: { timeAfterCreate }, action: { type: 'Rotate' } })
const rotateBefore = (timeBeforeExpiry: string) => ({ trigger: { timeBeforeExpiry }, action: { type: 'rotate' } })
const notifyBefore = (timeBeforeExpiry: string) => ({ trigger: { timeBeforeExpiry }, action: { type: 'Notify' } })
const policy = (lifetimeActions: object[], expiryTime?: string) => ({ lifetimeActions, attributes: { expiryTime } })
const advance = (seconds: number) => askAdmin(vault.description, '/clock', { advanceSeconds: seconds })

/** Official clients keep their token by the machine's clock; after a move of the vault's they start anew. */
const client = (): KeyClient => clientsOf(vault.description).sdk
const hsmClient = (): KeyClient => clientsOf(vault.description).hsmSdk

async function versionsOf(keys: KeyClient, name: string) {
  const all = []
  for await (const properties of keys.listPropertiesOfKeyVersions(name)) all.push(properties)
  return all.sort((one, other) => Number(one.createdOn) - Number(other.createdOn))
}

describe('rotation on demand', () => {
  it('makes a new version with new material, as the one before it was', async () => {
    const before = await client().createRsaKey('demand', {
      keySize: 3072,
      keyOps: ['sign', 'verify'],
      tags: { team: 'blue' },
      expiresOn: new Date('2037-01-01T00:00:00Z'),
    })
    const after = await client().rotateKey('demand')
    expect(after.properties.version).not.toBe(before.properties.version)
    expect([after.keyType, after.keyOperations, after.properties.tags]).toEqual([
      'RSA',
      ['sign', 'verify'],
      { team: 'blue' },
    ])
    expect(after.key?.n).toHaveLength(384)
    expect(Buffer.from(after.key?.n ?? []).equals(Buffer.from(before.key?.n ?? []))).toBe(false)
    expect([after.properties.enabled, after.properties.expiresOn]).toEqual([true, undefined])
    expect((await client().getKey('demand')).properties.version).toBe(after.properties.version)
    expect(await versionsOf(client(), 'demand')).toHaveLength(2)
  })

  it("sets the expiry date that the policy's expiryTime says", async () => {
    await client().createEcKey('expiring', { curve: 'P-384' })
    await client().updateKeyRotationPolicy('expiring', { lifetimeActions: [], expiresIn: 'P90D' })
    const { properties, key } = await client().rotateKey('expiring')
    expect(Number(properties.expiresOn) - Number(properties.createdOn)).toBe(90 * day * 1000)
    expect(key?.crv).toBe('P-384')
  })

  it('is refused for a disabled, a deleted and a missing key', async () => {
    await vault.raw('POST', '/keys/dark/create', { kty: 'EC', attributes: { enabled: false } })
    const refused = await vault.raw('POST', '/keys/dark/rotate')
    expect([refused.status, refused.body.error.innererror.code]).toEqual([403, 'KeyDisabled'])
    await vault.raw('DELETE', '/keys/dark')
    expect((await vault.raw('POST', '/keys/dark/rotate')).status).toBe(404)
    expect((await vault.raw('POST', '/keys/none/rotate')).status).toBe(404)
  })

  it('needs a policy first on a Managed HSM, and no more after a blank one', async () => {
    await hsmClient().createEcKey('on-hsm', { hsm: true })
    const refused = await vault.rawHsm('POST', '/keys/on-hsm/rotate')
    expect([refused.status, refused.body.error.code]).toEqual([400, 'BadParameter'])
    expect(refused.body.error.message).toMatch(/policy must be set.* \(Activity ID: /)
    const set = await hsmClient().updateKeyRotationPolicy('on-hsm', {
      lifetimeActions: [{ action: 'Rotate', timeAfterCreate: 'P28D' }],
    })
    expect(set.lifetimeActions).toEqual([{ action: 'Rotate', timeAfterCreate: 'P28D' }])
    expect((await hsmClient().rotateKey('on-hsm')).keyType).toBe('EC-HSM')
    await vault.rawHsm('PUT', '/keys/on-hsm/rotationpolicy', { lifetimeActions: [], attributes: {} })
    expect((await vault.rawHsm('GET', '/keys/on-hsm/rotationpolicy')).body).toMatchObject({ lifetimeActions: [] })
    expect((await vault.rawHsm('POST', '/keys/on-hsm/rotate')).status).toBe(400)
  })

  it('ends at 100 versions on a Managed HSM, as creation does', async () => {
    await vault.rawHsm('POST', '/keys/full/create', { kty: 'oct-HSM', key_size: 128 })
    await vault.rawHsm('PUT', '/keys/full/rotationpolicy', policy([rotateAfter('P28D')]))
    for (let at = 1; at < 100; at += 1) expect((await vault.rawHsm('POST', '/keys/full/rotate')).status).toBe(200)
    for (const path of ['rotate', 'create']) {
      const refused = await vault.rawHsm('POST', `/keys/full/${path}`, { kty: 'oct-HSM' })
      expect([refused.status, refused.body.error.code]).toEqual([400, 'BadParameter'])
      expect(refused.body.error.message).toContain('100 versions')
    }
    expect(await versionsOf(hsmClient(), 'full')).toHaveLength(100)
  })
})

describe('a rotation policy', () => {
  it("is the kind's default where nobody set one", async () => {
    await vault.raw('POST', '/keys/plain/create', { kty: 'EC' })
    const { body } = await vault.raw('GET', '/keys/plain/rotationpolicy')
    expect(body).toMatchObject({ lifetimeActions: [notifyBefore('P30D')], attributes: {} })
    expect(body).toHaveProperty('id', `${vault.description.vaults[0]?.url}/keys/plain/rotationpolicy`)
    expect((await vault.raw('PUT', '/keys/plain/rotationpolicy', body)).status).toBe(200)
    expect((await vault.raw('GET', '/keys/absent/rotationpolicy')).status).toBe(404)
    expect((await vault.raw('PUT', '/keys/absent/rotationpolicy', policy([]))).status).toBe(404)
  })

  it('is set, read and replaced through the official client', async () => {
    await client().createEcKey('policied')
    const set = await client().updateKeyRotationPolicy('policied', {
      lifetimeActions: [
        { action: 'Rotate', timeAfterCreate: 'P18M' },
        { action: 'Notify', timeBeforeExpiry: 'P30D' },
      ],
      expiresIn: 'P2Y',
    })
    expect(set.expiresIn).toBe('P2Y')
    expect(set.createdOn).toEqual(set.updatedOn)
    const read = await client().getKeyRotationPolicy('policied')
    expect(read).toEqual(set)
    const again = await client().updateKeyRotationPolicy('policied', {
      lifetimeActions: [{ action: 'Rotate', timeAfterCreate: 'P60D' }],
    })
    expect([again.createdOn, again.expiresIn, again.lifetimeActions?.length]).toEqual([set.createdOn, undefined, 1])
  })

  const vaultRules: [string, object, number][] = [
    ['rotation after 7 days', policy([rotateAfter('P7D')]), 200],
    ['rotation after 6 days', policy([rotateAfter('P6D')]), 400],
    ['rotation 7 days before expiry', policy([rotateBefore('P7D')], 'P28D'), 200],
    ['rotation 6 days before expiry', policy([rotateBefore('P6D')], 'P28D'), 400],
    ['rotation before expiry without expiryTime', policy([rotateBefore('P30D')]), 400],
    ['rotation at an age of 6 days', policy([rotateBefore('P22D')], 'P28D'), 400],
    ['rotation 6 days before the end by age', policy([rotateAfter('P22D')], 'P28D'), 400],
    ['expiry after 28 days', policy([], 'P28D'), 200],
    ['expiry after 27 days', policy([], 'P27D'), 400],
    ['a notice with an expiry', policy([notifyBefore('P10D')], 'P90D'), 200],
    ['a notice without an expiry', policy([notifyBefore('P10D')]), 400],
    ['a notice as long as the life', policy([notifyBefore('P90D')], 'P90D'), 400],
    [
      'a notice after creation',
      policy([{ ...notifyBefore('P10D'), trigger: { timeAfterCreate: 'P10D' } }], 'P90D'),
      400,
    ],
    [
      'both triggers',
      policy([{ action: { type: 'Rotate' }, trigger: { timeAfterCreate: 'P30D', timeBeforeExpiry: 'P30D' } }], 'P90D'),
      400,
    ],
    [
      'a null beside a trigger',
      policy([{ action: { type: 'Rotate' }, trigger: { timeAfterCreate: 'P30D', timeBeforeExpiry: null } }]),
      200,
    ],
    ['no trigger', policy([{ action: { type: 'Rotate' }, trigger: {} }]), 400],
    ['two rotations', policy([rotateAfter('P30D'), rotateAfter('P40D')]), 400],
    ['three actions', policy([rotateAfter('P30D'), notifyBefore('P30D'), notifyBefore('P31D')], 'P90D'), 400],
    ['an unknown action', policy([{ action: { type: 'Explode' }, trigger: { timeAfterCreate: 'P30D' } }]), 400],
    ['no duration', policy([rotateAfter('30 days')]), 400],
    ['a number', { lifetimeActions: 3 }, 400],
  ]
  it.each(vaultRules)('of a vault: %s', async (_what, body, status) => {
    await vault.raw('POST', '/keys/ruled/create', { kty: 'EC' })
    const reply = await vault.raw('PUT', '/keys/ruled/rotationpolicy', body)
    expect([reply.status, reply.body.error?.code]).toEqual([status, status === 400 ? 'BadParameter' : undefined])
  })

  const hsmRules: [string, object, number][] = [
    ['rotation after 28 days', policy([rotateAfter('P28D')]), 200],
    ['rotation after 27 days', policy([rotateAfter('P27D')]), 400],
    ['28 days before expiry of 56', policy([rotateBefore('P28D')], 'P56D'), 200],
    ['29 days before expiry of 56', policy([rotateBefore('P29D')], 'P56D'), 400],
    ['a notice', policy([notifyBefore('P30D')], 'P90D'), 400],
    ['expiry after 27 days', policy([], 'P27D'), 400],
  ]
  it.each(hsmRules)('of a Managed HSM: %s', async (_what, body, status) => {
    await vault.rawHsm('POST', '/keys/ruled/create', { kty: 'EC-HSM' })
    expect((await vault.rawHsm('PUT', '/keys/ruled/rotationpolicy', body)).status).toBe(status)
  })
})

describe('policies run by the clock', () => {
  const timed = (name: string) =>
    vault.acknowledged().filter((call) => call.name === name && call.appid === 'local-vault')

  it('rotate after creation, once for each period that the clock passes, at the very second', async () => {
    const { properties } = await client().createEcKey('aging')
    await vault.raw('PUT', '/keys/aging/rotationpolicy', policy([rotateAfter('P30D')], 'P90D'))
    await advance(30 * day - 120)
    expect(await versionsOf(client(), 'aging')).toHaveLength(1)
    await advance(60 * day + 240)
    const versions = await versionsOf(client(), 'aging')
    const ages = versions.map(({ createdOn }) => (Number(createdOn) - Number(properties.createdOn)) / 1000)
    expect(ages).toEqual([0, 30 * day, 60 * day, 90 * day])
    expect((await client().getKey('aging')).properties.version).toBe(versions[3]?.version)
    expect(versions.slice(1).map(({ expiresOn, createdOn }) => Number(expiresOn) - Number(createdOn))).toEqual(
      Array(3).fill(90 * day * 1000),
    )
    expect(timed('aging').map(({ operation, status }) => [operation, status])).toEqual(
      Array(3).fill(['rotate-if-due', 200]),
    )
  })

  it('rotate before expiry only where the key has an expiry date, and tell its nearness once', async () => {
    const now = (await advance(0)).body.at
    const both = policy([rotateBefore('P10D'), notifyBefore('P30D')], 'P60D')
    for (const [name, attributes] of [
      ['dated', { exp: now + 40 * day }],
      ['undated', {}],
    ] as const) {
      await vault.raw('POST', `/keys/${name}/create`, { kty: 'EC', attributes })
      await vault.raw('PUT', `/keys/${name}/rotationpolicy`, both)
    }
    await advance(10 * day + 5)
    expect(timed('dated').map(({ operation }) => operation)).toEqual(['near-expiry'])
    await advance(19 * day)
    expect(timed('dated')).toHaveLength(1)
    await advance(day)
    expect(timed('dated').map(({ operation }) => operation)).toEqual(['near-expiry', 'rotate-if-due'])
    expect(await versionsOf(client(), 'dated')).toHaveLength(2)
    expect([(await versionsOf(client(), 'undated')).length, timed('undated')]).toEqual([1, []])
  })

  it('count from the newest version, however it came', async () => {
    await vault.raw('POST', '/keys/renewed/create', { kty: 'EC' })
    await vault.raw('PUT', '/keys/renewed/rotationpolicy', policy([rotateAfter('P30D')]))
    await advance(20 * day)
    await vault.raw('POST', '/keys/renewed/create', { kty: 'EC' })
    await advance(20 * day)
    expect(timed('renewed')).toEqual([])
    await advance(11 * day)
    expect(timed('renewed').map(({ operation }) => operation)).toEqual(['rotate-if-due'])
  })

  it('end with a blank policy, and with the purge of the key', async () => {
    for (const name of ['blanked', 'purged']) {
      await vault.raw('POST', `/keys/${name}/create`, { kty: 'EC' })
      await vault.raw('PUT', `/keys/${name}/rotationpolicy`, policy([rotateAfter('P30D')]))
    }
    await vault.raw('PUT', '/keys/blanked/rotationpolicy', policy([]))
    await vault.raw('DELETE', '/keys/purged')
    await vault.raw('DELETE', '/deletedkeys/purged')
    await vault.raw('POST', '/keys/purged/create', { kty: 'EC' })
    expect((await vault.raw('GET', '/keys/purged/rotationpolicy')).body).toMatchObject({
      lifetimeActions: [notifyBefore('P30D')],
    })
    await advance(45 * day)
    expect([timed('blanked'), timed('purged')]).toEqual([[], []])
  })

  it('leave deleted keys alone, and go on after their recovery; disabled keys wait until they are enabled', async () => {
    for (const name of ['asleep', 'dimmed']) {
      await vault.raw('POST', `/keys/${name}/create`, { kty: 'EC' })
      await vault.raw('PUT', `/keys/${name}/rotationpolicy`, policy([rotateAfter('P30D')]))
    }
    await vault.raw('DELETE', '/keys/asleep')
    await vault.raw('PATCH', '/keys/dimmed', { attributes: { enabled: false } })
    await advance(45 * day)
    expect([timed('asleep'), timed('dimmed')]).toEqual([[], []])
    await vault.raw('POST', '/deletedkeys/asleep/recover')
    await vault.raw('PATCH', '/keys/dimmed', { attributes: { enabled: true } })
    await advance(0)
    for (const name of ['asleep', 'dimmed']) {
      expect(timed(name)).toHaveLength(1)
      expect(await versionsOf(client(), name)).toHaveLength(2)
    }
  })

  it('stop where a Managed HSM is full, and say so', async () => {
    await advance(29 * day)
    expect(timed('full').map(({ operation, status }) => [operation, status])).toContainEqual(['rotate-if-due', 400])
    expect(await versionsOf(hsmClient(), 'full')).toHaveLength(100)
  })
})
