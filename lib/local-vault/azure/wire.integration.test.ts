import { constants, createHash, createPublicKey, publicEncrypt, verify } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchToken } from '../testing/raw-client'
import { startTestVault, type TestVault } from '../testing/start-test-vault'

let vault: TestVault
let url: string
let hsmUrl: string
beforeAll(async () => {
  vault = await startTestVault()
  url = vault.description.vaults[0]?.url ?? ''
  hsmUrl = vault.description.vaults[1]?.url ?? ''
  await vault.raw('POST', '/keys/rsa/create', { kty: 'RSA', key_size: 2048 })
  await vault.raw('POST', '/keys/ec/create', { kty: 'EC-HSM' })
})
afterAll(() => vault.stop())

const digest = Buffer.alloc(32, 7).toString('base64url')

describe('without a good token', () => {
  it('answers 401 with the challenge of its kind, whatever the path', async () => {
    const tenant = /\/([0-9a-f-]{36})\//.exec(vault.description.token.url)?.[1]
    const authority = `${new URL(vault.description.token.url).origin}/${tenant}`
    for (const path of ['/keys?api-version=7.6', '/nowhere', '/keys/a/create']) {
      const refused = await fetch(`${url}${path}`)
      expect(refused.status).toBe(401)
      expect(refused.headers.get('www-authenticate')).toBe(
        `Bearer authorization="${authority}", resource="https://vault.azure.net"`,
      )
      expect(await refused.json()).toEqual({
        error: { code: 'Unauthorized', message: 'AKV10000: Request is missing a Bearer or PoP token.' },
      })
    }
    const hsm = await fetch(`${hsmUrl}/keys`)
    expect(hsm.headers.get('www-authenticate')).toContain('resource="https://managedhsm.azure.net"')
    expect([hsm.status, await hsm.text()]).toEqual([401, ''])
  })

  it("refuses the other kind's audience, a changed and an expired token", async () => {
    const token = await fetchToken(vault.description, 'https://managedhsm.azure.net/.default')
    const ask = async (authorization: string) =>
      (await fetch(`${url}/keys?api-version=7.6`, { headers: { authorization } })).status
    expect(await ask(`Bearer ${token}`)).toBe(401)
    const good = await fetchToken(vault.description, 'https://vault.azure.net/.default')
    expect(await ask(`Bearer ${good}`)).toBe(200)
    expect(await ask(`Bearer ${good.slice(0, -4)}AAAA`)).toBe(401)
    vault.clock.advance(3700)
    const expired = await fetch(`${url}/keys?api-version=7.6`, { headers: { authorization: `Bearer ${good}` } })
    expect(await expired.json()).toMatchObject({
      error: { message: "[TokenExpired] Error validating token: 'S2S12086'." },
    })
  })

  it('the token endpoint refuses a wrong secret, client, grant and resource', async () => {
    const { clientId, clientSecret } = vault.description.token
    const good = {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: 'https://vault.azure.net/.default',
    }
    const ask = async (change: object) =>
      (await fetch(vault.description.token.url, { method: 'POST', body: new URLSearchParams({ ...good, ...change }) }))
        .status
    expect(await ask({})).toBe(200)
    expect(await ask({ client_secret: 'wrong' })).toBe(401)
    expect(await ask({ client_id: 'wrong' })).toBe(401)
    expect(await ask({ grant_type: 'password' })).toBe(400)
    expect(await ask({ scope: 'https://elsewhere.example/.default' })).toBe(400)
  })
})

describe('paths', () => {
  it('tolerates percent-encoded parameter names, trailing and double slashes, and the case of words', async () => {
    for (const path of [
      '/keys/rsa/?api%2Dversion=2025-07-01',
      '//keys//rsa?api-version=7.4',
      '/Keys/RSA/',
      '/KEYS/rsa',
    ]) {
      const { status, body } = await vault.raw('GET', path)
      expect([path, status, body.key?.kid?.includes('/keys/rsa/')]).toEqual([path, 200, true])
    }
    const key = { alg: 'RSA-OAEP', value: digest }
    const wrapped = await vault.raw('POST', '/keys/rsa//wrapKey', key)
    expect(
      (await vault.raw('POST', '/keys/rsa/unwrapKEY', { alg: 'RSA-OAEP', value: wrapped.body.value })).body.value,
    ).toBe(digest)
    expect(
      (
        await vault.raw(
          'POST',
          '/keys/rsa/',
          { attributes: { enabled: true } },
          { headers: { 'x-http-method': 'PATCH' } },
        )
      ).status,
    ).toBe(200)
  })

  it('demands a known api-version', async () => {
    expect((await vault.raw('GET', '/keys?api-version=')).body.error.code).toBe('BadParameter')
    expect((await vault.raw('GET', '/keys?api-version=1.0')).status).toBe(400)
  })

  it.each([
    ['GET', '/', 404],
    ['GET', '/secrets', 404],
    ['POST', '/keys', 405],
    ['PUT', '/keys/rsa/versions', 405],
    ['GET', '/keys/none', 404],
    ['GET', '/keys/rsa/00000000000000000000000000000000', 404],
    ['GET', '/keys/bad_name', 400],
    ['GET', `/keys/${'a'.repeat(128)}`, 400],
    ['GET', '/keys/%E0%A4%A', 400],
    ['GET', '/deletedkeys/rsa', 404],
    ['GET', '/keys?maxresults=0', 400],
    ['GET', '/keys?maxresults=26', 400],
    ['GET', '/keys?$skiptoken=nonsense', 400],
  ])('%s %s is refused with %i', async (method, path, status) => {
    expect((await vault.raw(method, path)).status).toBe(status)
  })
})

describe('pages', () => {
  it("continue at an absolute link on the client's own Host, and the last has none", async () => {
    for (let at = 0; at < 3; at += 1) await vault.raw('POST', `/keys/page-${at}/create`, { kty: 'EC' })
    const first = await vault.raw('GET', '/keys?maxresults=2')
    expect(first.body.items).toHaveLength(2)
    const next = new URL(first.body.nextLink)
    expect([next.origin, next.searchParams.get('maxresults'), next.searchParams.get('api-version')]).toEqual([
      url,
      '2',
      '7.6',
    ])
    const other = await vault.raw('GET', `${next.pathname}${next.search}`)
    expect(other.body.items).toHaveLength(2)
    expect(other.body.items[0]?.kid).not.toBe(first.body.items[0]?.kid)
    expect((await vault.raw('GET', '/keys?maxresults=25')).body.nextLink).toBeNull()
  })
})

describe('bad input is answered with a 400', () => {
  const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_unused, at) => [`t${at}`, 'v']))

  it.each<[string, unknown]>([
    ['no type', {}],
    ['an unknown type', { kty: 'DES' }],
    ['an unknown curve', { kty: 'EC', crv: 'P-192' }],
    ['RSA of 1024 bits', { kty: 'RSA', key_size: 1024 }],
    ['a size that is text', { kty: 'RSA', key_size: '2048' }],
    ['sixteen tags', { kty: 'EC', tags: tags(16) }],
    ['a tag of 257 characters', { kty: 'EC', tags: { a: 'x'.repeat(257) } }],
    ['a tag that is no text', { kty: 'EC', tags: { a: 1 } }],
    ['an operation the type has not', { kty: 'EC', key_ops: ['encrypt'] }],
    ['times in the wrong order', { kty: 'EC', attributes: { nbf: 2_000_000_000, exp: 1_900_000_000 } }],
    ['a time in parts of a second', { kty: 'EC', attributes: { exp: 1.5 } }],
    ['exportable without a policy', { kty: 'EC-HSM', attributes: { exportable: true } }],
    ['a policy that is no JSON', { kty: 'EC-HSM', attributes: { exportable: true }, release_policy: { data: 'AAAA' } }],
    ['software oct', { kty: 'oct', key_size: 256 }],
    ['an array', []],
    ['null', null],
  ])('%s', async (_what, body) => {
    const refused = await vault.raw('POST', '/keys/refused/create', body, { text: JSON.stringify(body) })
    expect([refused.status, refused.body.error.code]).toEqual([400, 'BadParameter'])
  })

  it('text that is no JSON, deep nesting, and a body beyond the limit (413)', async () => {
    const send = async (text: string) => (await vault.raw('POST', '/keys/refused/create', undefined, { text })).status
    expect(await send('{"kty":')).toBe(400)
    expect(await send(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`)).toBe(400)
    expect(await send(`{"kty":"${'a'.repeat(300_000)}"}`)).toBe(413)
  })

  it('fifteen tags are fine, and a managed HSM refuses software types', async () => {
    expect((await vault.raw('POST', '/keys/tagged/create', { kty: 'EC', tags: tags(15) })).status).toBe(200)
    const refused = await vault.rawHsm('POST', '/keys/soft/create', { kty: 'RSA' })
    expect(refused.body.error.message).toMatch(/ \(Activity ID: [0-9a-f-]{36}\)$/)
  })

  it.each<[string, string, object]>([
    ['sign', 'rsa', { alg: 'RS256', value: Buffer.alloc(31).toString('base64url') }],
    ['sign', 'rsa', { alg: 'ES256', value: digest }],
    ['sign', 'rsa', { alg: 'toString', value: digest }],
    ['sign', 'ec', { alg: 'ES384', value: Buffer.alloc(48).toString('base64url') }],
    ['encrypt', 'rsa', { alg: 'RSA-OAEP', value: Buffer.alloc(300).toString('base64url') }],
    ['encrypt', 'rsa', { alg: 'A128CBC', value: digest }],
    ['decrypt', 'rsa', { alg: 'RSA-OAEP', value: digest }],
    ['decrypt', 'rsa', { alg: 'RSA1_5', value: Buffer.alloc(256).toString('base64url') }],
    ['unwrapkey', 'rsa', { alg: 'RSA-OAEP-256', value: Buffer.alloc(256, 1).toString('base64url') }],
    ['encrypt', 'rsa', { alg: 'RSA-OAEP', value: 'no base64!' }],
    ['encrypt', 'rsa', { alg: 'RSA-OAEP' }],
  ])('%s with %s', async (operation, name, body) => {
    const refused = await vault.raw('POST', `/keys/${name}/${operation}`, body)
    expect([refused.status, refused.body.error.code]).toEqual([400, 'BadParameter'])
  })
})

describe('enabled, nbf and exp', () => {
  const operations = ['encrypt', 'decrypt', 'wrapkey', 'unwrapkey', 'sign', 'verify']
  const bodyFor = (operation: string) =>
    operation === 'verify'
      ? { alg: 'RS256', digest, value: digest }
      : { alg: operation === 'sign' ? 'RS256' : 'RSA-OAEP', value: digest }
  const refusals = async (name: string) => {
    const answers = await Promise.all(
      operations.map((operation) => vault.raw('POST', `/keys/${name}/${operation}`, bodyFor(operation))),
    )
    return answers.map(({ body }, at) => [operations[at], body.error?.innererror?.code])
  }

  it('a disabled key does nothing, but is read, listed, updated and deleted', async () => {
    await vault.raw('POST', '/keys/off/create', { kty: 'RSA', attributes: { enabled: false } })
    expect(await refusals('off')).toEqual(operations.map((operation) => [operation, 'KeyDisabled']))
    expect((await vault.raw('GET', '/keys/off')).body.attributes.enabled).toBe(false)
    expect((await vault.raw('PATCH', '/keys/off', { tags: { still: 'mine' } })).status).toBe(200)
    expect((await vault.raw('GET', '/keys')).body.items.some((item) => item.kid.endsWith('/off'))).toBe(true)
    expect((await vault.raw('DELETE', '/keys/off')).status).toBe(200)
  })

  it.each([
    ['KeyExpired', { exp: 1_700_000_000 }],
    ['KeyNotYetValid', { nbf: 4_000_000_000 }],
  ])('%s: encrypt, sign and wrap are refused; decrypt, unwrap and verify work', async (code, attributes) => {
    const name = code.toLowerCase()
    const { body } = await vault.raw('POST', `/keys/${name}/create`, { kty: 'RSA', attributes })
    expect(await refusals(name)).toEqual(
      operations.map((operation) => [operation, ['encrypt', 'wrapkey', 'sign'].includes(operation) ? code : undefined]),
    )
    const key = createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: body.key.n, e: body.key.e } })
    const sealed = publicEncrypt({ key, oaepHash: 'sha1' }, Buffer.alloc(32, 7)).toString('base64url')
    expect((await vault.raw('POST', `/keys/${name}/decrypt`, { alg: 'RSA-OAEP', value: sealed })).body.value).toBe(
      digest,
    )
    expect((await vault.raw('POST', `/keys/${name}/unwrapkey`, { alg: 'RSA-OAEP', value: sealed })).body.value).toBe(
      digest,
    )
  })

  it('an operation that key_ops leaves out is forbidden', async () => {
    await vault.raw('POST', '/keys/only-verify/create', { kty: 'RSA', key_ops: ['verify'] })
    const refused = await vault.raw('POST', '/keys/only-verify/sign', { alg: 'RS256', value: digest })
    expect(refused.body.error).toEqual({
      code: 'Forbidden',
      message: 'Operation sign is not permitted on this key.',
      innererror: { code: 'KeyOperationForbidden' },
    })
  })
})

describe('signatures verify elsewhere', () => {
  it.each(['PS256', 'PS384', 'PS512'])('%s by OpenSSL', async (alg) => {
    const hash = `sha${alg.slice(2)}`
    const value = createHash(hash).update('a message').digest('base64url')
    const { body } = await vault.raw('POST', '/keys/rsa/sign', { alg, value })
    const { n, e } = (await vault.raw('GET', '/keys/rsa')).body.key
    const key = createPublicKey({ format: 'jwk', key: { kty: 'RSA', n, e } })
    const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    expect(verify(hash, Buffer.from('a message'), options, Buffer.from(body.value, 'base64url'))).toBe(true)
  })
})

describe('every answer', () => {
  it("carries the request's ids and is not to be cached", async () => {
    const { headers } = await vault.raw('GET', '/keys/rsa', undefined, {
      headers: { 'x-ms-client-request-id': 'mine' },
    })
    expect(headers.get('x-ms-client-request-id')).toBe('mine')
    expect(headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('cache-control')).toBe('no-cache')
    expect(headers.get('x-ms-keyvault-region')).toBeTruthy()
    expect(headers.get('x-ms-keyvault-service-version')).toBeTruthy()
  })

  it('stands in the acknowledged log before it leaves, without key material', async () => {
    await vault.raw(
      'POST',
      '/keys/ec/sign',
      { alg: 'ES256', value: digest },
      { headers: { 'x-ms-client-request-id': 'logged-sign' } },
    )
    const line = vault.acknowledged().find(({ clientRequestId }) => clientRequestId === 'logged-sign')
    expect(line).toMatchObject({
      vault: 'local-vault',
      operation: 'sign',
      name: 'ec',
      status: 200,
      appid: vault.description.token.clientId,
    })
    expect(line?.version).toMatch(/^[0-9a-f]{32}$/)
    expect(JSON.stringify(vault.acknowledged())).not.toContain(digest)
  })
})

describe('the admin port', () => {
  it('answers only a Host that is literally loopback', async () => {
    const ask = (host: string) =>
      new Promise<number>((resolve, reject) => {
        const { hostname, port } = new URL(vault.description.admin.url)
        const asked = request({ hostname, port, path: '/held', headers: { host } }, (response) => {
          response.resume()
          resolve(response.statusCode ?? 0)
        })
        asked.on('error', reject).end()
      })
    expect(await ask('127.0.0.1:1')).toBe(200)
    expect(await ask('localhost')).toBe(200)
    expect(await ask('rebound.example')).toBe(403)
  })
})
