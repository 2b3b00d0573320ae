import type { ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { createHttpHeaders, type HttpClient, type RestError } from '@azure/core-rest-pipeline'
import { afterEach, describe, expect, it } from 'vitest'
import { encodingsIn } from '@/lib/testing/journey/traces'
import type { ImportBlobInput, ImportJwkInput } from '../inputs'
import { ProviderError } from '../port'
import { type ScriptedVault, scriptedVault, send } from '../testing/scripted-vault'
import { createAzureProvider } from './create-azure-provider'
import { loopbackSwitches } from './loopback'

const open: ScriptedVault[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((vault) => vault.close()))
})

const credential = { getToken: async () => ({ token: 'token-of-the-test', expiresOnTimestamp: Date.now() + 600_000 }) }
const VERSION = '0123456789abcdef0123456789abcdef'

const blobInput: ImportBlobInput = {
  name: 'payments',
  kty: 'RSA-HSM',
  blob: new TextEncoder().encode('{"schema_version":"1.0.0"}'),
  keyOps: ['sign', 'verify'],
  enabled: false,
  notBefore: null,
  expiresAt: null,
  exportable: false,
  releasePolicy: null,
  tags: { drawbridge: 'intent' },
}

async function start(script: Parameters<typeof scriptedVault>[0], options?: Parameters<typeof scriptedVault>[1]) {
  const vault = await scriptedVault(script, options)
  open.push(vault)
  return { vault, provider: createAzureProvider({ url: vault.url, credential, timeouts: { read: 3_000, write: 600 } }) }
}

async function failure(work: Promise<unknown>): Promise<ProviderError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ProviderError)) throw new Error(`expected a ProviderError, got ${String(error)}`)
  return error
}

function keyBundle(url: string) {
  return {
    key: { kid: `${url}/keys/payments/${VERSION}`, kty: 'RSA-HSM', key_ops: ['sign'], n: 'AQAB', e: 'AQAB' },
    attributes: { enabled: false, created: 1, updated: 1, hsmPlatform: '2' },
    tags: {},
  }
}

describe('writes', () => {
  it.each([500, 503, 408, 429])('are sent once when the vault answers %i', async (status) => {
    const { vault, provider } = await start((_, response) =>
      send(response, status, { error: { code: 'X', message: 'x' } }),
    )
    const error = await failure(provider.importTransferBlob(blobInput))
    expect(vault.seen).toHaveLength(1)
    expect(error.certainty).toBe(status === 429 ? 'refused' : 'unknown')
    expect(error.facts).toMatchObject({ status, requestId: 'scripted' })
  })

  it('are sent once when the connection is reset, and say that the outcome is unknown', async () => {
    const { vault, provider } = await start((_, response) => response.destroy())
    const error = await failure(provider.importTransferBlob(blobInput))
    expect(vault.seen).toHaveLength(1)
    expect(error).toMatchObject({ code: 'connection-lost', certainty: 'unknown' })
  })

  // A 200 cut short counted as a refusal: an import failed on record that was in the vault, a check value's window stayed open.
  it.each([
    ['half of its text', '{"key":{"kid":"http://127'],
    ['nothing at all', ''],
    ['another page', '<html>'],
  ])('say that the outcome is unknown when the vault answers 200 with %s', async (_what, text) => {
    const { vault, provider } = await start((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
      response.end(text)
    })
    const error = await failure(provider.importTransferBlob(blobInput))
    expect(vault.seen).toHaveLength(1)
    expect(error).toMatchObject({ code: 'unexpected-answer', certainty: 'unknown' })
  })

  it('end by themselves when the vault never answers', async () => {
    const { vault, provider } = await start(() => undefined)
    const error = await failure(provider.importTransferBlob(blobInput))
    expect(vault.seen).toHaveLength(1)
    expect(error).toMatchObject({ code: 'vault-timeout', certainty: 'unknown' })
  })

  it('say that nothing was sent when nobody listens', async () => {
    const { vault, provider } = await start(() => undefined)
    await vault.close()
    const error = await failure(provider.importTransferBlob(blobInput))
    expect(error).toMatchObject({ code: 'vault-unreachable', certainty: 'not-sent' })
  })

  it('keep their bodies when several go out at once on a new client', async () => {
    const { vault, provider } = await start((_, response) => send(response, 200, keyBundle('http://127.0.0.1')), {
      firstChallengeAfterMs: 100,
    })
    await Promise.all(Array.from({ length: 8 }, () => provider.importTransferBlob(blobInput)))
    expect(vault.seen).toHaveLength(8)
    expect(vault.seen.every((request) => request.body.includes('key_hsm'))).toBe(true)
  })

  it('never ask for an enabled import', async () => {
    const { vault, provider } = await start((_, response) => send(response, 200, keyBundle('http://127.0.0.1')))
    await provider.importTransferBlob(blobInput)
    expect(JSON.parse(vault.seen[0]?.body ?? '{}')).toMatchObject({
      key: { kty: 'RSA-HSM', key_hsm: Buffer.from(blobInput.blob).toString('base64url') },
      attributes: { enabled: false },
    })
  })
})

describe('reads', () => {
  it('are repeated, and wait as long as Retry-After asks', async () => {
    const { vault, provider } = await start((_, response, nth) =>
      nth === 1
        ? send(response, 429, { error: { code: 'Throttled', message: 'x' } }, { 'retry-after': '1' })
        : send(response, 200, keyBundle('http://127.0.0.1')),
    )
    const startedAt = Date.now()
    await provider.getKey('payments')
    expect(vault.seen).toHaveLength(2)
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(950)
  })

  it('go on past an empty page', async () => {
    const { vault, provider } = await start((request, response) => {
      const item = { kid: `${vaultUrl()}/keys/late`, attributes: { enabled: true } }
      if (request.path.includes('skiptoken')) send(response, 200, { value: [item], nextLink: null })
      else send(response, 200, { value: [], nextLink: `${vaultUrl()}/keys?api-version=2025-07-01&$skiptoken=abc` })
    })
    const vaultUrl = () => vault.url
    const names: string[] = []
    for await (const key of provider.listKeys()) names.push(key.name)
    expect(names).toEqual(['late'])
  })

  it('never carry the token to where a nextLink points outside the vault', async () => {
    const elsewhere = await start((_, response) => send(response, 200, { value: [] }))
    const { provider } = await start((_, response) =>
      send(response, 200, { value: [], nextLink: `${elsewhere.vault.url}/keys?$skiptoken=abc` }),
    )
    const error = await failure(
      (async () => {
        for await (const _ of provider.listKeys());
      })(),
    )
    expect(error.code).toBe('unexpected-answer')
    expect(elsewhere.vault.seen).toHaveLength(0)
  })

  it('never follow a redirect', async () => {
    const elsewhere = await start((_, response) => send(response, 200, keyBundle('http://127.0.0.1')))
    const { provider } = await start((_, response) =>
      send(response, 307, {}, { location: `${elsewhere.vault.url}/keys/payments` }),
    )
    await failure(provider.getKey('payments'))
    expect(elsewhere.vault.seen).toHaveLength(0)
  })
})

describe('the two switches of a vault on this machine', () => {
  it.each(['http://127.0.0.1:8200', 'https://localhost:8443', 'http://[::1]:9'])('are set for %s', (url) => {
    expect(loopbackSwitches(url)).toEqual({ allowInsecureConnection: true, disableChallengeResourceVerification: true })
  })

  it.each([
    'https://contoso.vault.azure.net',
    'https://contoso.managedhsm.azure.net',
    'http://127.0.0.1.example.com',
    'https://localhost.example.com',
    'http://127.0.0.2',
    'http://[::ffff:127.0.0.1]',
    'https://contoso.vault.azure.net@127.0.0.1.example.com',
    'not a url',
  ])('are not set for %s', (url) => {
    expect(loopbackSwitches(url)).toEqual({
      allowInsecureConnection: false,
      disableChallengeResourceVerification: false,
    })
  })

  it('leave a vault elsewhere unreachable over plain http, and ask for no token', async () => {
    const counting = countingCredential()
    const provider = createAzureProvider({ url: 'http://contoso.vault.azure.net', credential: counting })
    await failure(provider.getKey('payments'))
    expect(counting.asked).toBe(0)
  })

  it('leave a challenge that names a foreign resource without a token', async () => {
    const counting = countingCredential()
    const provider = createAzureProvider({
      url: 'https://contoso.vault.azure.net',
      credential: counting,
      httpClient: challengeOf('https://vault.example.com'),
    })
    const error = await failure(provider.getKey('payments'))
    expect(error.code).toBe('foreign-challenge')
    expect(counting.asked).toBe(0)
  })

  it('let the vault’s own challenge through', async () => {
    const counting = countingCredential()
    const httpClient = challengeOf('https://vault.azure.net')
    const provider = createAzureProvider({ url: 'https://contoso.vault.azure.net', credential: counting, httpClient })
    await failure(provider.getKey('payments'))
    expect(counting.asked).toBeGreaterThan(0)
  })
})

function countingCredential() {
  return {
    asked: 0,
    async getToken() {
      this.asked += 1
      return { token: 'x', expiresOnTimestamp: Date.now() + 600_000 }
    },
  }
}

/** The wire of a host that this machine can't reach: every request is challenged. */
function challengeOf(resource: string): HttpClient {
  return {
    sendRequest: async (request) => ({
      request,
      status: 401,
      headers: createHttpHeaders({
        'WWW-Authenticate': `Bearer authorization="https://login.microsoftonline.com/tenant", resource="${resource}"`,
      }),
      bodyAsText: '{}',
    }),
  }
}

describe('a private key in the clear', () => {
  const members = (fill: number) => ({
    x: new Uint8Array(32).fill(1),
    y: new Uint8Array(32).fill(2),
    d: new Uint8Array(32).fill(fill),
  })
  const jwkInput: ImportJwkInput = {
    name: 'payments',
    key: { kty: 'EC', crv: 'P-256', ...members(0xd7) },
    hsm: true,
    keyOps: ['sign'],
    enabled: false,
    notBefore: null,
    expiresAt: null,
    exportable: false,
    releasePolicy: null,
    tags: {},
  }
  const secret = Buffer.alloc(32, 0xd7)

  it('goes as the members of its JWK, with Hsm beside it, disabled', async () => {
    const { vault, provider } = await start((_, response) => send(response, 200, keyBundle(vault.url)))
    await provider.importPrivateJwk(jwkInput)
    const [request] = vault.seen
    expect(request).toMatchObject({ method: 'PUT', path: expect.stringMatching(/^\/keys\/payments\?/) })
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      key: { kty: 'EC', crv: 'P-256', key_ops: ['sign'], d: secret.toString('base64url') },
      Hsm: true,
      attributes: { enabled: false },
    })
  })

  it('asks for no hardware where software was chosen', async () => {
    const { vault, provider } = await start((_, response) => send(response, 200, keyBundle(vault.url)))
    await provider.importPrivateJwk({ ...jwkInput, hsm: false })
    expect(JSON.parse(vault.seen[0]?.body ?? '').Hsm).not.toBe(true)
  })

  // The SDK's error holds its request, and the request its body: whoever prints the one prints the key.
  it.each([
    ['a refusal', (response: ServerResponse) => send(response, 400, { error: { code: 'BadParameter', message: 'x' } })],
    ['an answer that is none', (response: ServerResponse) => send(response, 200, {})],
    ['a cut connection', (response: ServerResponse) => response.destroy()],
    ['silence', () => undefined],
  ])('is sent once, and is nowhere in the error of %s', async (_what, answer) => {
    const { vault, provider } = await start((_, response) => answer(response))
    const error = await failure(provider.importPrivateJwk(jwkInput))
    expect(vault.seen).toHaveLength(1)
    const told = inspect(error, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null })
    expect(encodingsIn(told, secret)).toEqual([])
    expect(error.cause).toBeUndefined()
  })

  it('leaves no body with an error that keeps its cause', async () => {
    const { provider } = await start((_, response) => send(response, 400, { error: { code: 'X', message: 'x' } }))
    const { cause } = await failure(provider.importTransferBlob({ ...blobInput, blob: secret }))
    const request = (cause as RestError).request // of the answer that the SDK got
    expect(request?.url).toContain('/keys/payments')
    expect(request?.body).toBeUndefined()
  })
})
