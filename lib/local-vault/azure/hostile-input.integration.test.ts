import { once } from 'node:events'
import http from 'node:http'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { policyText } from '../testing/attest'
import { buildBlob, type KekJwk, transferBlob } from '../testing/build-transfer-blob'
import { startTestVault, type TestVault } from '../testing/start-test-vault'

let vault: TestVault
let kek: KekJwk
beforeAll(async () => {
  vault = await startTestVault()
  kek = (await vault.raw('POST', '/keys/kek/create', { kty: 'RSA-HSM', key_ops: ['import'] })).body.key
})
afterAll(() => vault.stop())

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array))
const kty = fc.constantFrom('RSA', 'RSA-HSM', 'EC', 'EC-HSM', 'oct', 'oct-HSM')
const crv = fc.constantFrom('P-256', 'P-256K', 'P-384', 'P-521')
const refused = { status: 400, body: { error: { code: 'BadParameter' } } }
const runs = { numRuns: 60 }

const base64url = (text: string) => Buffer.from(text).toString('base64url')
const asBackup = (text: string) =>
  JSON.stringify({ value: base64url(`&AzureKeyVaultKeyBackupV1.microsoft.com${text}`) })

async function importBlob(type: string, curve: string, blob: Buffer) {
  return vault.raw('PUT', '/keys/hostile', { key: { kty: type, crv: curve, key_hsm: blob.toString('base64url') } })
}

describe('whatever is sent, the vault answers 400 and goes on', () => {
  it('any JSON as a body', async () => {
    const operations = ['create', 'import', 'sign', 'verify', 'encrypt', 'unwrapkey', 'release']
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), fc.json(), async (operation, text) => {
        expect(await vault.raw('POST', `/keys/kek/${operation}`, undefined, { text })).toMatchObject(refused)
      }),
      runs,
    )
  })

  it('a version of any length (404)', async () => {
    // One of 5,000 characters was 500: longer than a key of the store can be.
    for (const version of ['a'.repeat(5000), 'a', '0'.repeat(33), '%00', 'kek'])
      expect([version.length, (await vault.raw('GET', `/keys/kek/${version}`)).status]).toEqual([version.length, 404])
  })

  it('any JSON, or any text, as a release policy', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.json(), fc.string()),
        fc.constantFrom('base64', 'base64url'),
        async (text, alphabet) => {
          const release_policy = { data: Buffer.from(text).toString(alphabet) }
          const body = { kty: 'EC-HSM', attributes: { exportable: true }, release_policy }
          expect(await vault.raw('POST', '/keys/hostile/create', body)).toMatchObject(refused)
        },
      ),
      runs,
    )
  })

  it('any header and any claims as the token of a release', async () => {
    const issuer = vault.description.attestation.url
    const data = Buffer.from(policyText(issuer, { a: 1 })).toString('base64url')
    const body = { kty: 'EC-HSM', attributes: { exportable: true }, release_policy: { data } }
    await vault.raw('POST', '/keys/released/create', body)
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const header = fc.oneof(
      fc.jsonValue(),
      fc.record({ alg: fc.oneof(fc.jsonValue(), fc.constant('RS256')), kid: fc.jsonValue(), crit: fc.jsonValue() }),
    )
    const claims = fc.oneof(
      fc.jsonValue(),
      fc.record({ iss: fc.constant(issuer), exp: fc.jsonValue(), nbf: fc.jsonValue() }),
    )
    await fc.assert(
      fc.asyncProperty(header, claims, fc.base64String(), async (first, second, signature) => {
        const target = [part(first), part(second), signature].join('.')
        const { status } = await vault.raw('POST', '/keys/released/release', { target })
        expect([400, 403]).toContain(status)
      }),
      runs,
    )
  })

  it('any JSON as a backup, and any text behind the beginning of a real one', async () => {
    const text = fc.oneof(
      fc.json(),
      fc.string().map(asBackup),
      fc.json().map((header) => asBackup(`${base64url(header)}....`)),
    )
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        expect(await vault.raw('POST', '/keys/restore', undefined, { text: body })).toMatchObject(refused)
      }),
      runs,
    )
  })

  it('any JSON as a rotation policy; and what it takes of any policy, it takes back', async () => {
    await vault.raw('POST', '/keys/policied/create', { kty: 'EC' })
    const duration = fc.oneof(
      fc.string(),
      fc.nat(400).map((days) => `P${days}D`),
      fc.constantFrom('P1Y', 'P3M', null),
    )
    const trigger = fc.record({ timeAfterCreate: duration, timeBeforeExpiry: duration }, { requiredKeys: [] })
    const action = fc.record({ trigger, action: fc.record({ type: fc.constantFrom('Rotate', 'notify', 'other') }) })
    const policy = fc.record({
      lifetimeActions: fc.array(action, { maxLength: 3 }),
      attributes: fc.record({ expiryTime: duration }, { requiredKeys: [] }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.json(),
          policy.map((value) => JSON.stringify(value)),
        ),
        async (text) => {
          const { status } = await vault.raw('PUT', '/keys/policied/rotationpolicy', undefined, { text })
          expect([200, 400]).toContain(status)
          const { items: _list, ...kept } = (await vault.raw('GET', '/keys/policied/rotationpolicy')).body
          expect((await vault.raw('PUT', '/keys/policied/rotationpolicy', kept)).status).toBe(200)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('any JSON where the number of random bytes stands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (count) => {
        const text = `{"count":${count}}`
        const { status } = await vault.rawHsm('POST', '/rng', undefined, { text })
        const good = Number.isInteger(JSON.parse(count)) && JSON.parse(count) >= 1 && JSON.parse(count) <= 128
        expect([text, status]).toEqual([text, good ? 200 : 400])
      }),
      runs,
    )
  })

  it('any bytes as a transfer blob, or as its ciphertext', async () => {
    await fc.assert(
      fc.asyncProperty(kty, crv, bytes(600), fc.boolean(), async (type, curve, content, asCiphertext) => {
        expect(await importBlob(type, curve, asCiphertext ? buildBlob(kek.kid, content) : content)).toMatchObject(
          refused,
        )
      }),
      runs,
    )
  })

  it('any bytes, well sealed, in the place of an asymmetric key', async () => {
    const asymmetric = fc.constantFrom('RSA', 'RSA-HSM', 'EC', 'EC-HSM')
    const content = fc.oneof(
      bytes(200),
      bytes(200).map((tail) => Buffer.concat([Buffer.from([0x30, tail.length & 0x7f]), tail])),
    )
    const nonEmpty = content.filter(({ length }) => length > 0)
    await fc.assert(
      fc.asyncProperty(asymmetric, crv, nonEmpty, async (type, curve, plaintext) => {
        expect(await importBlob(type, curve, transferBlob(kek, plaintext))).toMatchObject(refused)
      }),
      runs,
    )
  })

  it('any bytes as the members of a clear key', async () => {
    const member = bytes(300).map((value) => value.toString('base64url'))
    const jwk = fc.record({
      kty,
      crv,
      n: member,
      e: member,
      d: member,
      p: member,
      q: member,
      dp: member,
      dq: member,
      qi: member,
      x: member,
      y: member,
    })
    await fc.assert(
      fc.asyncProperty(jwk, async (key) => {
        expect(await vault.raw('PUT', '/keys/hostile', { key })).toMatchObject(refused)
      }),
      runs,
    )
    expect((await vault.raw('GET', '/keys/hostile')).status).toBe(404)
  })
})

it('a client that goes in the middle of its body leaves nothing behind: neither a key nor a word', async () => {
  const words = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { url } = vault.description.vaults[0] ?? {}
  const { token } = await vault.credential.getToken('https://vault.azure.net/.default')
  for (const announced of [{ 'content-length': '500' }, { 'transfer-encoding': 'chunked' }]) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', expect: '100-continue' }
    const call = http.request(`${url}/keys/half?api-version=7.6`, {
      method: 'PUT',
      headers: { ...headers, ...announced },
    })
    call.on('error', () => undefined)
    call.flushHeaders()
    await once(call, 'continue') // the vault has it in hand
    const socket = call.socket
    const closed = new Promise((resolve) => call.once('close', resolve))
    call.write('{"key":{"kty":"EC","crv":"P-256"', () => socket?.resetAndDestroy())
    await closed
    expect((await vault.raw('GET', '/keys/half')).status).toBe(404)
  }
  expect(words.mock.calls).toEqual([])
  words.mockRestore()
})
