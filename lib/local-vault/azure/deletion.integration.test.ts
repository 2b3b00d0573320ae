import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { open } from 'lmdb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLocalVault } from '../server'
import { askAdmin } from '../testing/raw-client'
import { clientsOf, readAcknowledged, startTestVault, type TestVault } from '../testing/start-test-vault'

let vault: TestVault
beforeAll(async () => {
  vault = await startTestVault({
    vaults: {
      standard: true,
      one: {
        'local-vault': { softDeleteRetentionDays: 7 },
        'local-hsm': { purgeProtection: true },
        'local-standard': { softDeleteRetentionDays: 8, protectedSubscription: true },
      },
    },
  })
})
afterAll(() => vault.stop())

const day = 86_400
const fast = { intervalInMs: 20 }
const advance = (seconds: number) => askAdmin(vault.description, '/clock', { advanceSeconds: seconds })

describe('a deleted key', () => {
  it.each([
    ['raw', 'EC', 'CustomizedRecoverable+Purgeable', 7],
    ['rawHsm', 'EC-HSM', 'Recoverable', 90],
    ['rawStandard', 'EC', 'CustomizedRecoverable+ProtectedSubscription', 8],
  ] as const)('of %s (%s) says %s, and goes after %i days', async (client, kty, recoveryLevel, recoverableDays) => {
    const attributes = { recoveryLevel, recoverableDays }
    expect((await vault[client]('POST', '/keys/levels/create', { kty })).body).toMatchObject({ attributes })
    const { body } = await vault[client]('DELETE', '/keys/levels')
    expect(body).toMatchObject({ attributes })
    const { deletedDate, scheduledPurgeDate } = body
    expect(scheduledPurgeDate - deletedDate).toBe(recoverableDays * day)
    expect((await vault[client]('GET', '/deletedkeys')).body.items[0]).toMatchObject({ attributes, scheduledPurgeDate })
  })

  it.each(['rawHsm', 'rawStandard'] as const)(
    'under purge protection (%s) is not purged by anybody',
    async (client) => {
      const refused = await vault[client]('DELETE', '/deletedkeys/levels')
      expect([refused.status, refused.body.error.code, refused.body.error.innererror.code]).toEqual([
        403,
        'Forbidden',
        'ForbiddenByPolicy',
      ])
      expect(refused.body.error.message).toMatch(
        /^Operation "purge" is not allowed because purge protection is enabled/,
      )
      expect((await vault[client]('GET', '/deletedkeys/levels')).status).toBe(200)
      expect((await vault[client]('DELETE', '/deletedkeys/unknown')).status).toBe(404)
    },
  )

  it('blocks its name for create, import and restore until it is purged', async () => {
    await vault.sdk.createEcKey('blocked')
    const backup = await vault.sdk.backupKey('blocked')
    await (await vault.sdk.beginDeleteKey('blocked', fast)).pollUntilDone()
    const conflict = {
      statusCode: 409,
      code: 'Conflict',
      details: { error: { innerError: { code: 'ObjectIsDeletedButRecoverable' } } },
    }
    await expect(vault.sdk.createEcKey('BLOCKED')).rejects.toMatchObject(conflict)
    const jwk = { kty: 'EC', crv: 'P-256', d: new Uint8Array(32).fill(1), x: new Uint8Array(32), y: new Uint8Array(32) }
    await expect(vault.sdk.importKey('blocked', jwk)).rejects.toMatchObject(conflict)
    await expect(vault.sdk.restoreKeyBackup(backup ?? new Uint8Array())).rejects.toMatchObject(conflict)
    await vault.sdk.purgeDeletedKey('blocked')
    expect((await vault.sdk.createEcKey('blocked')).name).toBe('blocked')
  })

  it('is purged by the vault itself at its date, protected or not, and not a second earlier', async () => {
    await vault.raw('POST', '/keys/scheduled/create', { kty: 'EC' })
    const { scheduledPurgeDate } = (await vault.raw('DELETE', '/keys/scheduled')).body
    const toDate = (at: number) => askAdmin(vault.description, '/clock', { at })
    await toDate(scheduledPurgeDate - 30)
    const { raw, rawHsm } = clientsOf(vault.description)
    expect((await raw('GET', '/deletedkeys/scheduled')).status).toBe(200)
    await toDate(scheduledPurgeDate)
    expect((await raw('GET', '/deletedkeys/scheduled')).status).toBe(404)
    const again = await raw('POST', '/keys/scheduled/create', { kty: 'EC' })
    expect(again.status).toBe(200)
    expect((await raw('GET', '/keys/scheduled/versions')).body.items).toHaveLength(1)
    expect((await rawHsm('GET', '/deletedkeys/levels')).status).toBe(200)
    await advance(90 * day)
    expect((await rawHsm('GET', '/deletedkeys/levels')).status).toBe(404)
    const purges = vault.acknowledged().filter(({ operation }) => operation === 'scheduled-purge')
    expect(purges).toContainEqual(
      expect.objectContaining({ vault: 'local-hsm', name: 'levels', status: 204, appid: 'local-vault' }),
    )
  })

  it('is gone at its date for a caller who comes before the timer, and one that was recovered stays', async () => {
    for (const name of ['late', 'kept']) {
      await vault.raw('POST', `/keys/${name}/create`, { kty: 'EC' })
      await vault.raw('DELETE', `/keys/${name}`)
    }
    await vault.raw('POST', '/deletedkeys/kept/recover')
    // The machine's own clock goes on; nobody tells the vault.
    vault.clock.advance(7 * day + 1)
    expect((await vault.raw('GET', '/deletedkeys/late')).status).toBe(404)
    expect((await vault.raw('POST', '/keys/late/create', { kty: 'EC' })).status).toBe(200)
    expect((await vault.raw('GET', '/keys/kept')).status).toBe(200)
  })

  it('goes with many others in one move of the clock', async () => {
    const names = Array.from({ length: 210 }, (_unused, at) => `many-${at}`)
    const { raw } = clientsOf(vault.description)
    const each = (ask: (name: string) => Promise<unknown>) => Promise.all(names.map(ask))
    await each((name) => raw('POST', `/keys/${name}/create`, { kty: 'oct-HSM', key_size: 128 }))
    await each((name) => raw('DELETE', `/keys/${name}`))
    await advance(8 * day)
    const purged = new Set(
      vault.acknowledged().flatMap(({ operation, name }) => (operation === 'scheduled-purge' ? [name] : [])),
    )
    expect(names.filter((name) => !purged.has(name))).toEqual([])
    expect((await raw('GET', '/deletedkeys/many-209')).status).toBe(404)
  })

  it('whose date passed while nothing ran is purged at the next start', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'local-vault-'))
    const first = await startLocalVault({ dataFolder })
    await clientsOf(first.description).raw('POST', '/keys/asleep/create', { kty: 'EC' })
    await clientsOf(first.description).raw('DELETE', '/keys/asleep')
    await first.close()
    const second = await startLocalVault({ dataFolder, now: () => Date.now() + 91 * day * 1000 })
    expect(readAcknowledged(dataFolder).map(({ operation }) => operation)).toEqual([
      'create',
      'delete',
      'scheduled-purge',
    ])
    await second.close()
    rmSync(dataFolder, { recursive: true })
  })

  it('is purged, too, in a store that is older than the schedule', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'local-vault-'))
    const first = await startLocalVault({ dataFolder })
    await clientsOf(first.description).raw('POST', '/keys/old/create', { kty: 'EC' })
    await clientsOf(first.description).raw('DELETE', '/keys/old')
    await first.close()
    const store = open({ path: join(dataFolder, 'store') })
    await store.openDB({ name: 'due' }).clearAsync()
    await store.close()
    const second = await startLocalVault({ dataFolder })
    await askAdmin(second.description, '/clock', { advanceSeconds: 90 * day })
    expect((await clientsOf(second.description).raw('GET', '/deletedkeys/old')).status).toBe(404)
    await second.close()
    rmSync(dataFolder, { recursive: true })
  })

  it('goes by the timer alone, too', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'local-vault-'))
    // The clock is set to the second before; that second passes by itself, and nobody asks the vault for anything.
    const started = await startLocalVault({ dataFolder, vaults: { every: { softDeleteRetentionDays: 7 } } })
    const { raw } = clientsOf(started.description)
    await raw('POST', '/keys/timed/create', { kty: 'EC' })
    const { scheduledPurgeDate } = (await raw('DELETE', '/keys/timed')).body
    await askAdmin(started.description, '/clock', { at: scheduledPurgeDate - 1 })
    const purged = () => readAcknowledged(dataFolder).some(({ operation }) => operation === 'scheduled-purge')
    expect(purged()).toBe(false)
    await expect.poll(purged, { timeout: 20_000, interval: 50 }).toBe(true)
    await started.close()
    rmSync(dataFolder, { recursive: true })
  })
})

describe('a deletion that takes its time (slow-delete-5s…)', () => {
  it('is neither here nor there for five seconds: 404 to read, 409 ObjectIsBeingDeleted to do', async () => {
    const name = 'slow-delete-5s-a'
    await vault.raw('POST', `/keys/${name}/create`, { kty: 'EC' })
    const { body } = await vault.raw('DELETE', `/keys/${name}`)
    expect(body).toHaveProperty('recoveryId')
    // An hour earlier, so that the five seconds can't run out under the checks.
    await askAdmin(vault.description, '/clock', { at: body.deletedDate - 3600 })
    for (const path of [`/keys/${name}`, `/deletedkeys/${name}`])
      expect((await vault.raw('GET', path)).status).toBe(404)
    expect(JSON.stringify((await vault.raw('GET', '/deletedkeys')).body)).not.toContain(name)
    for (const [method, path] of [
      ['POST', `/keys/${name}/create`],
      ['POST', `/deletedkeys/${name}/recover`],
      ['DELETE', `/deletedkeys/${name}`],
    ] as const) {
      const refused = await vault.raw(method, path, { kty: 'EC' })
      expect([refused.status, refused.body.error.innererror.code]).toEqual([409, 'ObjectIsBeingDeleted'])
    }
    await askAdmin(vault.description, '/clock', { at: body.deletedDate + 5 })
    expect((await vault.raw('GET', `/deletedkeys/${name}`)).status).toBe(200)
    expect((await vault.raw('POST', `/deletedkeys/${name}/recover`)).status).toBe(200)
  })

  it('is waited for by the official pollers', async () => {
    const { sdk } = clientsOf(vault.description)
    await sdk.createEcKey('slow-delete-5s-b')
    const deleting = await sdk.beginDeleteKey('slow-delete-5s-b', fast)
    expect(deleting.isDone()).toBe(false)
    await advance(5)
    const deleted = await deleting.pollUntilDone()
    expect(deleted.properties.recoveryId).toMatch(/slow-delete-5s-b$/)
  })
})
