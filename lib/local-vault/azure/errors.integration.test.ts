import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askAdmin, fetchToken, type RawClient } from '../testing/raw-client'
import { startTestVault, type TestVault } from '../testing/start-test-vault'

// Every refusal that the service is known to give for keys, once on a vault and once on a Managed HSM: status, code, inner
// code, and the sentence. Those of release (AKV.SKR.…) stand in release.integration.test.ts, the throttle's in throttle.….
// Denials by policy, role, firewall and connection need identities, which are not here yet.

let vault: TestVault
beforeAll(async () => {
  vault = await startTestVault({
    vaults: { one: { 'local-vault': { purgeProtection: true }, 'local-hsm': { purgeProtection: true } } },
  })
  for (const ask of [vault.raw, vault.rawHsm]) await prepare(ask)
})
afterAll(() => vault.stop())

const digest = Buffer.alloc(32, 7).toString('base64url')
const sign = { alg: 'ES256', value: digest }
const version = '0'.repeat(32)

async function prepare(ask: RawClient): Promise<void> {
  const make = (name: string, more: object) => ask('POST', `/keys/${name}/create`, { kty: 'EC-HSM', ...more })
  await make('good', {})
  await make('verifier', { key_ops: ['verify'] })
  await make('off', { attributes: { enabled: false } })
  await make('past', { attributes: { exp: 1_700_000_000 } })
  await make('future', { attributes: { nbf: 4_000_000_000 } })
  for (const name of ['deleted', 'slow-delete-5s']) {
    await make(name, {})
    await ask('DELETE', `/keys/${name}`)
  }
}

type Case = {
  what: string
  call: [string, string, unknown?]
  status: number
  code: string
  inner?: string
  message: RegExp
}

const notFound = (name: string) =>
  new RegExp(
    `^A key with \\(name/id\\) ${name} was not found in this key vault\\. If you recently deleted this key you may be able to recover it using the correct recovery command\\. .*linkid=2125182`,
  )

const cases: Case[] = [
  {
    what: 'an operation that key_ops lacks',
    call: ['POST', '/keys/verifier/sign', sign],
    status: 403,
    code: 'Forbidden',
    inner: 'KeyOperationForbidden',
    message: /^Operation sign is not permitted on this key\.$/,
  },
  {
    what: 'a disabled key',
    call: ['POST', '/keys/off/sign', sign],
    status: 403,
    code: 'Forbidden',
    inner: 'KeyDisabled',
    message: /^Operation sign is not allowed on a disabled key\.$/,
  },
  {
    what: 'an expired key',
    call: ['POST', '/keys/past/sign', sign],
    status: 403,
    code: 'Forbidden',
    inner: 'KeyExpired',
    message: /^Operation sign is not allowed on an expired key\.$/,
  },
  {
    what: 'a key whose time has not come',
    call: ['POST', '/keys/future/sign', sign],
    status: 403,
    code: 'Forbidden',
    inner: 'KeyNotYetValid',
    message: /^Operation sign is not allowed on a key that is not yet valid\.$/,
  },
  {
    what: 'a purge under purge protection',
    call: ['DELETE', '/deletedkeys/deleted'],
    status: 403,
    code: 'Forbidden',
    inner: 'ForbiddenByPolicy',
    message: /^Operation "purge" is not allowed because purge protection is enabled for this vault\. /,
  },
  {
    what: 'a missing key',
    call: ['GET', '/keys/nobody'],
    status: 404,
    code: 'KeyNotFound',
    message: notFound('nobody'),
  },
  {
    what: 'a missing version',
    call: ['GET', `/keys/good/${version}`],
    status: 404,
    code: 'KeyNotFound',
    message: notFound(`good/${version}`),
  },
  {
    what: 'a deleted key',
    call: ['POST', '/keys/deleted/sign', sign],
    status: 404,
    code: 'KeyNotFound',
    message: notFound('deleted'),
  },
  {
    what: 'a key that is not deleted',
    call: ['POST', '/deletedkeys/good/recover'],
    status: 404,
    code: 'KeyNotFound',
    message: notFound('good'),
  },
  {
    what: 'a deleted name',
    call: ['POST', '/keys/deleted/create', { kty: 'EC-HSM' }],
    status: 409,
    code: 'Conflict',
    inner: 'ObjectIsDeletedButRecoverable',
    message:
      /^Key deleted is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the key can only be recovered or purged\.$/,
  },
  {
    what: 'a name whose deletion is in progress',
    call: ['POST', '/keys/slow-delete-5s/create', { kty: 'EC-HSM' }],
    status: 409,
    code: 'Conflict',
    inner: 'ObjectIsBeingDeleted',
    message: /^Key slow-delete-5s is currently being deleted\.$/,
  },
  {
    what: 'a blob that is none',
    call: ['PUT', '/keys/new', { key: { kty: 'RSA-HSM', key_hsm: 'AAAA' } }],
    status: 400,
    code: 'BadParameter',
    message: /^The property "key" must be a valid JsonWebKey object\.$/,
  },
  {
    what: 'an import without a key',
    call: ['PUT', '/keys/new', {}],
    status: 400,
    code: 'BadParameter',
    message: /^The property "key" must be a valid JsonWebKey object\.$/,
  },
  {
    what: 'an RSA key that is none',
    call: [
      'PUT',
      '/keys/new',
      { key: { kty: 'RSA-HSM', n: 'AQ', e: 'AQ', d: 'AQ', p: 'AQ', q: 'AQ', dp: 'AQ', dq: 'AQ', qi: 'AQ' } },
    ],
    status: 400,
    code: 'BadParameter',
    message: /^RSA key is not valid - cannot instantiate crypto service$/,
  },
  {
    what: 'an operation the type has not',
    call: ['POST', '/keys/new/create', { kty: 'EC-HSM', key_ops: ['wrapKey'] }],
    status: 400,
    code: 'BadParameter',
    message: /^Unsupported key operation\(s\): "wrapKey"$/,
  },
  {
    what: 'a value of the wrong type',
    call: ['POST', '/keys/new/create', { kty: 'EC-HSM', attributes: 3 }],
    status: 400,
    code: 'BadParameter',
    message: /^The property "attributes" has an invalid value\.$/,
  },
]

describe.each([
  ['a vault', 'raw', /^/],
  ['a Managed HSM', 'rawHsm', / \(Activity ID: [0-9a-f-]{36}\)$/],
] as const)('%s refuses', (_kind, client, activity) => {
  it.each(cases)('$what: $status $code', async ({ call, status, code, inner, message }) => {
    // An hour before it, so that the five seconds of the deletion can't run out before the case comes.
    if (inner === 'ObjectIsBeingDeleted') await deleteAnew(vault[client])
    const { status: given, body } = await vault[client](...call)
    expect([given, body.error.code, body.error.innererror?.code]).toEqual([status, code, inner])
    expect(body.error.message).toMatch(activity)
    expect(body.error.message.replace(/ \(Activity ID: .*\)$/, '')).toMatch(message)
    expect(Object.keys(body).filter((name) => name !== 'items')).toEqual(['error'])
  })

  it('tokens: none, one that is none, one that expired, one for another resource', async () => {
    const url = vault.description.vaults[client === 'raw' ? 0 : 1]?.url
    const [own, other] = client === 'raw' ? ['vault', 'managedhsm'] : ['managedhsm', 'vault']
    const token = await fetchToken(vault.description, `https://${own}.azure.net/.default`)
    const foreign = await fetchToken(vault.description, `https://${other}.azure.net/.default`)
    const ask = async (headers: Record<string, string>) => {
      const response = await fetch(`${url}/keys?api-version=7.6`, { headers })
      expect(response.headers.get('www-authenticate')).toContain(`resource="https://${own}.azure.net"`)
      const text = await response.text()
      if (text === '') return [response.status]
      const { error } = JSON.parse(text) as { error: { code: string; message: string } } // every other 401 has this shape
      return [response.status, error.code, error.message.replace(/ \(Activity ID: .*\)$/, '')]
    }
    const missing = [401, 'Unauthorized', 'AKV10000: Request is missing a Bearer or PoP token.']
    expect(await ask({})).toEqual(client === 'raw' ? missing : [401])
    expect((await ask({ authorization: 'Bearer a.b.c' })).slice(0, 2)).toEqual([401, 'Unauthorized'])
    expect(await ask({ authorization: `Bearer ${foreign}` })).toEqual([
      401,
      'Unauthorized',
      'AKV10022: Invalid audience.',
    ])
    await askAdmin(vault.description, '/clock', { advanceSeconds: 3700 })
    expect(await ask({ authorization: `Bearer ${token}` })).toEqual([
      401,
      'Unauthorized',
      "[TokenExpired] Error validating token: 'S2S12086'.",
    ])
  })
})

it('an oct key of more than 64 bytes is refused by a Managed HSM', async () => {
  const key = { kty: 'oct-HSM', k: Buffer.alloc(65).toString('base64url') }
  const { status, body } = await vault.rawHsm('PUT', '/keys/new', { key })
  expect([status, body.error.code]).toEqual([400, 'BadParameter'])
  expect(body.error.message).toMatch(/^JSON Web Key: k property of oct key is too large, maximum size is 64 /)
})

async function deleteAnew(ask: RawClient): Promise<void> {
  await askAdmin(vault.description, '/clock', { advanceSeconds: 5 })
  await ask('POST', '/deletedkeys/slow-delete-5s/recover')
  const { deletedDate } = (await ask('DELETE', '/keys/slow-delete-5s')).body
  await askAdmin(vault.description, '/clock', { at: deletedDate - 3600 })
}
