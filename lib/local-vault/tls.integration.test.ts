import { createPublicKey, verify, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type RequestOptions, request } from 'node:https'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { ClientSecretCredential } from '@azure/identity'
import { CryptographyClient, KeyClient } from '@azure/keyvault-keys'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLocalVault } from './server'
import { openssl } from './testing/openssl'
import { startTestVault, type TestVault } from './testing/start-test-vault'

let vault: TestVault
let ca: string
let url: URL
beforeAll(async () => {
  vault = await startTestVault({ tls: true })
  ca = readFileSync(vault.description.ca ?? '', 'utf8')
  url = new URL(vault.description.vaults[0]?.url ?? '')
})
afterAll(() => vault.stop())

type Reply = { status: number | undefined; headers: Record<string, unknown>; body: string }

/** By name, as a client whose resolver knows names under .localhost. */
function ask(host: string, path: string, options: RequestOptions & { body?: string } = {}): Promise<Reply> {
  const { body, ...rest } = options
  const where = { host: '127.0.0.1', port: url.port, path, ca, ...(host !== '127.0.0.1' && { servername: host }) }
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...where,
        ...rest,
        headers: { host: `${host}:${url.port}`, 'content-type': 'application/json', ...rest.headers },
      },
      async (response) => {
        const text = (await response.toArray()).join('')
        resolve({ status: response.statusCode, headers: response.headers, body: text })
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })
}

async function tokenFor(resource: string): Promise<Reply> {
  const { clientId, clientSecret, url: tokenUrl } = vault.description.token
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
  const { port, pathname } = new URL(tokenUrl)
  return ask('localhost', pathname, {
    port,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(new URLSearchParams({ ...form, scope: `${resource}/.default` })),
  })
}
const bearer = async (resource: string) => `Bearer ${JSON.parse((await tokenFor(resource)).body).access_token}`

/** Azure Identity's own credential: it asks the endpoint's metadata first, then for a token. */
function identityCredential(): ClientSecretCredential {
  const { clientId, clientSecret, url: tokenUrl } = vault.description.token
  const { origin, pathname } = new URL(tokenUrl)
  return new ClientSecretCredential(pathname.split('/')[1] ?? '', clientId, clientSecret, {
    authorityHost: origin,
    disableInstanceDiscovery: true,
    tlsOptions: { ca },
  })
}

describe('the certificate', () => {
  it('stands for the address and the names, and comes from the CA that the description names', async () => {
    expect(isAbsolute(vault.description.ca ?? '')).toBe(true)
    const root = new X509Certificate(ca)
    expect([root.ca, root.verify(root.publicKey)]).toEqual([true, true])
    for (const host of [
      '127.0.0.1',
      'localhost',
      'local-vault.localhost',
      'local-hsm.localhost',
      'local-standard.localhost',
    ])
      expect((await ask(host, '/keys')).status).toBe(401)
    await expect(ask('elsewhere.localhost', '/keys')).rejects.toThrow(/altnames/)
  })

  it('is one that OpenSSL takes by its strictest reading', async () => {
    const leaf = await presented()
    const pem = `-----BEGIN CERTIFICATE-----\n${leaf.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
    const args = ['verify', '-x509_strict', '-purpose', 'sslserver', '-verify_hostname', 'local-vault.localhost']
    const { ok, words } = openssl([...args, '-CAfile', 'ca.pem', 'leaf.pem'], { 'ca.pem': ca, 'leaf.pem': pem })
    expect([ok, words]).toEqual([true, 'leaf.pem: OK\n'])
  })

  it('convinces nobody who does not know the CA; and who speaks plain HTTP gets nothing', async () => {
    await expect(ask('localhost', '/keys', { ca: [] })).rejects.toThrow(/certificate/)
    await expect(fetch(`http://127.0.0.1:${url.port}/keys`)).rejects.toThrow()
  })
})

function presented(): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connect({ host: '127.0.0.1', port: Number(url.port), ca }, () => {
      resolve(socket.getPeerX509Certificate()?.raw ?? Buffer.alloc(0))
      socket.destroy()
    })
    socket.once('error', reject)
  })
}

describe('over TLS', () => {
  it('vaults and tokens are https; the attestation authority and the admin port stay plain', () => {
    const { vaults, token, attestation, admin } = vault.description
    const schemes = [...vaults, token, attestation, admin].map((each) => new URL(each.url).protocol)
    expect(schemes).toEqual(['https:', 'https:', 'https:', 'http:', 'http:'])
  })

  it('the challenge names the cloud’s resource by address, and by name one that the name is a subdomain of', async () => {
    const tenant = new URL(vault.description.token.url).pathname.split('/')[1]
    const authority = `Bearer authorization="${new URL(vault.description.token.url).origin}/${tenant}", resource=`
    for (const [host, resource] of [
      ['127.0.0.1', 'https://vault.azure.net'],
      ['localhost', 'https://vault.azure.net'],
      ['local-hsm.localhost', 'https://vault.azure.net'],
      ['local-vault.localhost', `https://localhost:${url.port}`],
      ['LOCAL-VAULT.localhost', `https://localhost:${url.port}`],
    ] as const)
      expect((await ask(host, '/keys')).headers['www-authenticate']).toBe(`${authority}"${resource}"`)
  })

  it('a vault takes tokens for its own resource and the cloud’s, and for no other listener', async () => {
    const hsmPort = new URL(vault.description.vaults[1]?.url ?? '').port
    const status = async (resource: string) =>
      (await ask('localhost', '/keys?api-version=7.6', { headers: { authorization: await bearer(resource) } })).status
    expect(await status('https://vault.azure.net')).toBe(200)
    expect(await status(`https://localhost:${url.port}`)).toBe(200)
    expect(await status(`https://localhost:${hsmPort}`)).toBe(401)
    expect((await tokenFor('https://localhost')).status).toBe(400)
    expect((await tokenFor(`https://localhost:${url.port}0`)).status).toBe(400)
  })

  it('kids and links name what the caller called, but no name that is not the vault’s', async () => {
    const authorization = await bearer('https://vault.azure.net')
    const create = { method: 'POST', headers: { authorization }, body: '{"kty":"EC"}' }
    for (const [host, base] of [
      ['127.0.0.1', url.origin],
      ['localhost', url.origin],
      ['local-hsm.localhost', url.origin],
      ['local-vault.localhost', `https://local-vault.localhost:${url.port}`],
    ] as const) {
      const { body } = await ask(host, '/keys/named/create?api-version=7.6', create)
      expect(JSON.parse(body).key.kid).toMatch(new RegExp(`^${base}/keys/named/[0-9a-f]{32}$`))
      const list = await ask(host, '/keys/named/versions?api-version=7.6&maxresults=1', { headers: { authorization } })
      const { value, nextLink } = JSON.parse(list.body)
      expect(value[0].kid.startsWith(`${base}/`)).toBe(true)
      if (nextLink !== null) expect(nextLink.startsWith(`https://${host}:${url.port}/`)).toBe(true)
    }
  })

  it('the official client works with Azure Identity’s own credential', async () => {
    const options = { tlsOptions: { ca }, disableChallengeResourceVerification: true }
    const credential = identityCredential()
    const client = new KeyClient(url.origin, credential, options)
    const key = await client.createEcKey('official', { curve: 'P-256' })
    expect(key.id).toMatch(/^https:\/\/127\.0\.0\.1:/)
    const data = Buffer.from('signed over TLS')
    const { result } = await new CryptographyClient(key, credential, options).signData('ES256', data)
    const publicKey = createPublicKey({
      format: 'jwk',
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: Buffer.from(key.key?.x ?? []).toString('base64url'),
        y: Buffer.from(key.key?.y ?? []).toString('base64url'),
      },
    })
    expect(verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, result)).toBe(true)
  })
})

describe('the CA', () => {
  it('is made once, its files are the owner’s, and TLS stays on until settings.json says otherwise', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'local-vault-'))
    const restart = async (tls?: boolean) => {
      const started = await startLocalVault({ dataFolder, ...(tls !== undefined && { tls }) })
      await started.close()
      const { ca: file, vaults } = started.description
      return { certificate: file && readFileSync(file, 'utf8'), scheme: new URL(vaults[0]?.url ?? '').protocol }
    }
    expect(await restart()).toEqual({ certificate: undefined, scheme: 'http:' })
    const first = await restart(true)
    expect(first).toEqual({ certificate: expect.stringContaining('BEGIN CERTIFICATE'), scheme: 'https:' })
    expect(await restart()).toEqual(first)
    for (const file of ['tls.json', 'ca.pem']) expect(statSync(join(dataFolder, file)).mode & 0o777).toBe(0o600)
    const path = join(dataFolder, 'settings.json')
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), tls: false }))
    expect((await restart()).scheme).toBe('http:')
    rmSync(dataFolder, { recursive: true })
  })
})
