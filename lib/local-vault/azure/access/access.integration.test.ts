import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLocalVault } from '../../server'
import { asClient } from '../../testing/as-client'
import { askAdmin, fetchToken, type RawClient, rawClient } from '../../testing/raw-client'
import { startTestVault, type TestVault } from '../../testing/start-test-vault'
import type { OperationName } from '../match-route'
import { makeClient } from './clients'

const resources = {
  'local-vault': 'https://vault.azure.net',
  'local-hsm': 'https://managedhsm.azure.net',
  'local-standard': 'https://vault.azure.net',
} as const
type Name = keyof typeof resources

/** The premium vault goes by roles, the standard one by its access policy. */
const vaults = { standard: true, one: { 'local-standard': { accessModel: 'access-policy' } } } as const

let vault: TestVault
beforeAll(async () => {
  vault = await startTestVault({ vaults })
})
afterAll(() => vault.stop())

function clientOf(name: string | null, at: Name, description = vault.description): RawClient {
  const url = description.vaults.find((each) => each.name === at)?.url ?? ''
  return rawClient(name === null ? description : asClient(description, name), url, resources[at])
}

/** A call of each operation, for a key that is not there: whoever may do it hears of that, or of the empty body. */
const calls = {
  create: ['POST', '/keys/absent/create', {}],
  import: ['PUT', '/keys/absent', {}],
  get: ['GET', '/keys/absent'],
  update: ['PATCH', '/keys/absent', {}],
  list: ['GET', '/keys'],
  'list-versions': ['GET', '/keys/absent/versions'],
  delete: ['DELETE', '/keys/absent'],
  'list-deleted': ['GET', '/deletedkeys'],
  'get-deleted': ['GET', '/deletedkeys/absent'],
  recover: ['POST', '/deletedkeys/absent/recover'],
  purge: ['DELETE', '/deletedkeys/absent'],
  rotate: ['POST', '/keys/absent/rotate'],
  'get-rotation-policy': ['GET', '/keys/absent/rotationpolicy'],
  'set-rotation-policy': ['PUT', '/keys/absent/rotationpolicy', {}],
  backup: ['POST', '/keys/absent/backup'],
  restore: ['POST', '/keys/restore', {}],
  sign: ['POST', '/keys/absent/sign', {}],
  verify: ['POST', '/keys/absent/verify', {}],
  encrypt: ['POST', '/keys/absent/encrypt', {}],
  decrypt: ['POST', '/keys/absent/decrypt', {}],
  wrapkey: ['POST', '/keys/absent/wrapkey', {}],
  unwrapkey: ['POST', '/keys/absent/unwrapkey', {}],
  'random-bytes': ['POST', '/rng', { count: 8 }],
  attestation: ['GET', '/keys/absent/attestation'],
  release: ['POST', '/keys/absent/release', {}],
} as const satisfies Record<OperationName, readonly [string, string, object?]>

// The table of its keys.
const everything = Object.keys(calls) as OperationName[]
const reading = ['get', 'list', 'list-versions', 'list-deleted', 'get-deleted'] as const
const using = ['sign', 'verify', 'encrypt', 'decrypt', 'wrapkey', 'unwrapkey'] as const
/** A vault has neither, so there is nothing to refuse. */
const absentInVaults = ['random-bytes', 'attestation'] as const

/** Written by hand from the documentation of the roles: who may do what. */
const expected: [Name, string | null, readonly OperationName[]][] = [
  ['local-vault', null, everything],
  ['local-vault', 'auditor', [...reading, 'get-rotation-policy', ...absentInVaults]],
  ['local-vault', 'crypto-user', [...reading, ...using, 'update', 'backup', ...absentInVaults]],
  ['local-vault', 'crypto-officer', everything],
  ['local-vault', 'release-only', ['release', ...absentInVaults]],
  ['local-standard', null, everything],
  ['local-standard', 'auditor', [...reading, 'get-rotation-policy', ...absentInVaults]],
  ['local-standard', 'crypto-user', [...reading, ...using, 'update', 'backup', ...absentInVaults]],
  ['local-standard', 'crypto-officer', everything],
  ['local-standard', 'release-only', ['release', ...absentInVaults]],
  ['local-hsm', null, everything],
  ['local-hsm', 'auditor', [...reading, 'get-rotation-policy', 'attestation']],
  [
    'local-hsm',
    'crypto-user',
    everything.filter((each) => !['list-deleted', 'get-deleted', 'recover', 'purge'].includes(each)),
  ],
  ['local-hsm', 'crypto-officer', ['list-deleted', 'get-deleted', 'recover', 'purge']],
  ['local-hsm', 'release-only', ['release']],
]

describe('of all operations', () => {
  it.each(expected)('in %s, %s may do these and no other', async (at, name, allowed) => {
    const ask = clientOf(name, at)
    const passed: string[] = []
    for (const operation of everything) {
      const [method, path, body] = calls[operation]
      if ((await ask(method, path, body)).status !== 403) passed.push(operation)
    }
    expect(passed.sort()).toEqual([...allowed].sort())
  })
})

describe('a denial', () => {
  const who = (at: string) => {
    const found = vault.description.clients.find(({ name }) => name === at)
    const tenant = /\/([0-9a-f-]{36})\//.exec(vault.description.token.url)?.[1]
    return { appid: found?.clientId, iss: `${new URL(vault.description.token.url).origin}/${tenant}/` }
  }

  it('by roles names caller, action and resource, with ForbiddenByRbac inside', async () => {
    const refused = await clientOf('auditor', 'local-vault')('POST', '/keys/mine/create', { kty: 'EC' })
    const { appid, iss } = who('auditor')
    expect(refused.status).toBe(403)
    expect(refused.body.error).toMatchObject({ code: 'Forbidden', innererror: { code: 'ForbiddenByRbac' } })
    const lines = refused.body.error.message.split('\r\n')
    expect(lines[0]).toBe('Caller is not authorized to perform action on resource.')
    expect(lines[2]).toMatch(new RegExp(`^Caller: appid=${appid};oid=[0-9a-f-]{36};iss=${iss}$`))
    expect(lines[3]).toBe("Action: 'Microsoft.KeyVault/vaults/keys/create/action'")
    expect(lines[4]).toMatch(
      /^Resource: '\/subscriptions\/[0-9a-f-]{36}\/resourcegroups\/local\/providers\/microsoft\.keyvault\/vaults\/local-vault\/keys\/mine'$/,
    )
    expect(lines.at(-2)).toBe('Vault: local-vault;location=local')
  })

  it('by access policy names the permission, with ForbiddenByPolicy inside', async () => {
    const refused = await clientOf('auditor', 'local-standard')('POST', '/keys/mine/unwrapkey', {})
    const { appid, iss } = who('auditor')
    expect(refused.status).toBe(403)
    expect(refused.body.error).toMatchObject({ code: 'Forbidden', innererror: { code: 'ForbiddenByPolicy' } })
    expect(refused.body.error.message).toMatch(
      new RegExp(
        `^The user, group or application 'appid=${appid};oid=[0-9a-f-]{36};numgroups=0;iss=${iss}' does not have keys unwrapkey permission on key vault 'local-standard;location=local'\\. .*linkid=2125287$`,
      ),
    )
  })

  it('by a Managed HSM names the action, with AccessDenied', async () => {
    const refused = await clientOf('crypto-officer', 'local-hsm')('PUT', '/keys/mine', { key: { kty: 'RSA-HSM' } })
    expect([refused.status, refused.body.error.code]).toEqual([403, 'AccessDenied'])
    expect(refused.body.error.message).toMatch(
      /^Not authorized to access Microsoft\.KeyVault\/managedHsm\/keys\/import\/action on \/keys\/mine \(Activity ID: [0-9a-f-]{36}\)$/,
    )
  })

  it('comes before everything else: no sentinel, no body, no telling whether the key is there; and it is logged', async () => {
    await vault.raw('POST', '/keys/there/create', { kty: 'EC' })
    const ask = clientOf('release-only', 'local-vault')
    const held = await ask('PUT', '/keys/hold-import-before-commit-who', { key: { kty: 'EC' } })
    expect(held.status).toBe(403)
    expect((await ask('POST', '/keys/large/create', undefined, { text: 'x'.repeat(300_000) })).status).toBe(403)
    const replies = await Promise.all(['there', 'nowhere'].map((name) => ask('GET', `/keys/${name}`)))
    const sentences = replies.map(({ body }, at) =>
      body.error.message.replaceAll(['there', 'nowhere'][at] ?? '', '<name>'),
    )
    expect(sentences[0]).toBe(sentences[1])
    const appid = vault.description.clients.find(({ name }) => name === 'release-only')?.clientId
    expect(vault.acknowledged()).toContainEqual(
      expect.objectContaining({ operation: 'import', name: 'hold-import-before-commit-who', status: 403, appid }),
    )
  })
})

describe('keys/read', () => {
  const digest = Buffer.alloc(32, 7).toString('base64url')
  const value = Buffer.alloc(256, 7).toString('base64url')
  const publicCalls = [
    ['encrypt', { alg: 'RSA-OAEP', value: digest }],
    ['wrapkey', { alg: 'RSA-OAEP', value: digest }],
    ['verify', { alg: 'RS256', digest, value }],
  ] as const

  it.each(publicCalls)(
    'of a role is enough to %s with the public key of an asymmetric key',
    async (operation, body) => {
      await vault.raw('POST', '/keys/public/create', { kty: 'RSA' })
      const ask = clientOf('auditor', 'local-vault')
      expect((await ask('POST', `/keys/Public/${operation}`, body)).status).toBe(200)
    },
  )

  it('is not enough for a secret key, nor to decrypt', async () => {
    await vault.raw('POST', '/keys/secret/create', { kty: 'oct-HSM' })
    const ask = clientOf('auditor', 'local-vault')
    const wrap = await ask('POST', '/keys/secret/wrapkey', { alg: 'A256KW', value: digest })
    expect([wrap.status, wrap.body.error.innererror.code]).toEqual([403, 'ForbiddenByRbac'])
    expect((await ask('POST', '/keys/public/decrypt', { alg: 'RSA-OAEP', value })).status).toBe(403)
  })

  it.each(['local-standard', 'local-hsm'] as const)('is not enough in %s', async (at) => {
    await clientOf(null, at)('POST', '/keys/public/create', { kty: at === 'local-hsm' ? 'RSA-HSM' : 'RSA' })
    for (const [operation, body] of publicCalls)
      expect((await clientOf('auditor', at)('POST', `/keys/public/${operation}`, body)).status).toBe(403)
  })
})

describe('scopes', () => {
  const scoped = (scope: string) =>
    makeClient(`at${scope.replaceAll('/', '-')}`.toLowerCase(), {
      'local-vault': { permissions: [], roles: [{ role: 'Key Vault Crypto Officer', scope }] },
      'local-hsm': { roles: [{ role: 'Managed HSM Crypto User', scope }] },
    })
  let scopes: TestVault
  beforeAll(async () => {
    scopes = await startTestVault({ clients: ['/', '/keys', '/keys/Mine'].map(scoped) })
  })
  afterAll(() => scopes.stop())

  it.each([
    ['local-vault', 'at-', { one: 404, other: 404, list: 200, create: 200, rng: 404 }],
    ['local-vault', 'at-keys', { one: 404, other: 404, list: 200, create: 200, rng: 404 }],
    ['local-vault', 'at-keys-mine', { one: 404, other: 403, list: 403, create: 200, rng: 404 }],
    ['local-hsm', 'at-', { one: 404, other: 404, list: 200, create: 200, rng: 200 }],
    ['local-hsm', 'at-keys', { one: 404, other: 404, list: 200, create: 200, rng: 403 }],
    ['local-hsm', 'at-keys-mine', { one: 404, other: 403, list: 403, create: 403, rng: 403 }],
  ] as const)('in %s, what %s reaches', async (at, name, statuses) => {
    const ask = clientOf(name, at, scopes.description)
    expect({
      one: (await ask('GET', '/keys/mine/00000000000000000000000000000000')).status,
      other: (await ask('GET', '/keys/mine-too')).status,
      list: (await ask('GET', '/keys')).status,
      create: (await ask('POST', '/keys/MINE/create', { kty: 'EC-HSM' })).status,
      rng: (await ask('POST', '/rng', { count: 1 })).status,
    }).toEqual(statuses)
  })

  it('nothing is granted in a vault that is not named', async () => {
    const standard = await startTestVault({ vaults: { standard: true }, clients: [scoped('/')] })
    expect((await clientOf('at-', 'local-standard', standard.description)('GET', '/keys')).status).toBe(403)
    await standard.stop()
  })
})

describe('tokens', () => {
  it('carry the claims of their client', async () => {
    const token = await fetchToken(asClient(vault.description, 'auditor'), 'https://vault.azure.net/.default')
    const { clientId } = vault.description.clients.find(({ name }) => name === 'auditor') ?? {}
    const [, tid] = /\/([0-9a-f-]{36})\//.exec(vault.description.token.url) ?? []
    const claims = decodeJwt(token)
    expect(claims).toMatchObject({ appid: clientId, appidacr: '1', tid, aud: 'https://vault.azure.net' })
    expect(claims.iss).toBe(`${new URL(vault.description.token.url).origin}/${tid}/`)
    expect(claims.oid).toBe(claims.sub)
  })

  it('are refused for one client with the secret of another', async () => {
    const { clientId } = asClient(vault.description, 'auditor').token
    const mixed = { ...vault.description, token: { ...vault.description.token, clientId } }
    await expect(fetchToken(mixed, 'https://vault.azure.net/.default')).rejects.toThrow('401')
  })

  it('end by the installation’s clock, also when it is moved', async () => {
    const moved = await startTestVault()
    const authorization = `Bearer ${await fetchToken(moved.description, 'https://vault.azure.net/.default')}`
    const url = `${moved.description.vaults[0]?.url}/keys?api-version=7.6`
    expect((await fetch(url, { headers: { authorization } })).status).toBe(200)
    await askAdmin(moved.description, '/clock', { advanceSeconds: 3700 })
    expect(await (await fetch(url, { headers: { authorization } })).json()).toEqual({
      error: { code: 'Unauthorized', message: "[TokenExpired] Error validating token: 'S2S12086'." },
    })
    await moved.stop()
  })
})

describe('clients in settings.json', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'local-vault-'))
  const path = join(dataFolder, 'settings.json')
  afterAll(() => rmSync(dataFolder, { recursive: true }))
  const read = () => JSON.parse(readFileSync(path, 'utf8'))
  const restart = async () => {
    const started = await startLocalVault({ dataFolder })
    await started.close()
    return started.description
  }

  it('are made once, at the next start of an older installation, too, with secrets of their own', async () => {
    const made = await restart()
    expect(made.clients.map(({ name }) => name)).toEqual(['auditor', 'crypto-user', 'crypto-officer', 'release-only'])
    expect(new Set([made.token, ...made.clients].map(({ clientSecret }) => clientSecret)).size).toBe(5)
    expect((await restart()).clients).toEqual(made.clients)
    const { clients: _made, ...old } = read()
    writeFileSync(path, JSON.stringify(old))
    const again = await restart()
    expect(again.clients).toHaveLength(4)
    expect((await restart()).clients).toEqual(again.clients)
    expect(Object.keys(again.clients[0] ?? {})).toEqual(['name', 'clientId', 'clientSecret', 'access'])
  })

  it('may name a role by its id', async () => {
    const settings = read()
    settings.clients[0].access = { 'local-vault': { roles: [{ role: '14b46e9e-c2b7-41b4-b07b-48a6ebf60603' }] } }
    writeFileSync(path, JSON.stringify(settings))
    expect((await restart()).clients[0]?.access).toEqual({
      'local-vault': { permissions: [], roles: [{ role: 'Key Vault Crypto Officer', scope: '/' }] },
    })
  })

  it.each([
    [
      'a role of the other kind',
      { 'local-hsm': { roles: [{ role: 'Key Vault Crypto User' }] } },
      'access.local-hsm.roles.0.role',
    ],
    ['an unknown permission', { 'local-vault': { permissions: ['everything'] } }, 'access.local-vault.permissions.0'],
    [
      'a scope that is none',
      { 'local-vault': { roles: [{ role: 'Key Vault Reader', scope: 'keys' }] } },
      'roles.0.scope',
    ],
    ['an access policy on an HSM', { 'local-hsm': { permissions: ['get'] } }, 'access.local-hsm'],
  ])('with %s are told of at the start', async (_what, access, where) => {
    const good = readFileSync(path, 'utf8')
    const settings = JSON.parse(good)
    settings.clients[1].access = access
    writeFileSync(path, JSON.stringify(settings))
    await expect(restart()).rejects.toThrow(where)
    writeFileSync(path, good)
  })

  it('can’t share an id: the second would have the rights of the first', async () => {
    const good = readFileSync(path, 'utf8')
    const settings = JSON.parse(good)
    settings.clients[1].clientId = settings.clientId
    writeFileSync(path, JSON.stringify(settings))
    await expect(restart()).rejects.toThrow('"clients"')
    writeFileSync(path, good)
  })

  it('that were taken out lose their rights at once, whatever tokens they hold', async () => {
    const name = `leaver-${randomUUID().slice(0, 8)}`
    const client = makeClient(name, {
      'local-vault': { permissions: [], roles: [{ role: 'Key Vault Reader', scope: '/' }] },
    })
    const first = await startLocalVault({ dataFolder, clients: [client] })
    const token = await fetchToken(asClient(first.description, name), 'https://vault.azure.net/.default')
    const ask = async () =>
      (
        await fetch(`${first.description.vaults[0]?.url}/keys?api-version=7.6`, {
          headers: { authorization: `Bearer ${token}` },
        })
      ).status
    expect(await ask()).toBe(200)
    await first.close()
    const second = await startLocalVault({ dataFolder, clients: [] })
    expect(await ask()).toBe(403)
    await second.close()
  })
})
