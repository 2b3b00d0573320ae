import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asClient } from '../testing/as-client'
import { bareClient } from '../testing/bare-client'
import { rawClient } from '../testing/raw-client'
import { type AuditRecord, auditFiles, readAuditRecords } from '../testing/read-audit-records'
import { startTestVault, type TestVault } from '../testing/start-test-vault'

let vault: TestVault
beforeAll(async () => {
  vault = await startTestVault()
})
afterAll(() => vault.stop())

const idOf = () => randomUUID()

/** The one record of the call that carried this id. */
function recordOf(correlationId: string): AuditRecord {
  const found = readAuditRecords(vault.description).filter((record) => record.correlationId === correlationId)
  const [record] = found
  if (!record || found.length > 1) throw new Error(`${found.length} records of ${correlationId}`)
  return record
}

/** By hand from the reference's field lists: section 4.1 (with what real samples add) and section 4.3. */
const vaultFields = {
  record:
    'time resourceId operationName operationVersion category resultType resultSignature resultDescription durationMs callerIpAddress correlationId identity properties',
  claims:
    'tid oid appid scp appidacr upn ipaddr unique_name amr iss xms_az_nwperimid http://schemas.microsoft.com/identity/claims/objectidentifier http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
  properties: 'clientInfo requestUri id httpStatusCode isAccessPolicyMatch isRbacAuthorized tlsVersion keyProperties',
  keyProperties: 'type attributes',
}
const hsmFields = {
  record:
    'TenantId time resourceId operationName operationVersion category resultType properties durationMs callerIpAddress identity clientInfo correlationId subnetId httpStatusCode PoolName requestUri resourceGroup resourceProvider resource resourceType',
  properties: 'PoolType sku_Family sku_Name',
  claims: 'appid http_schemas_microsoft_com_identity http_schemas_xmlsoap_org_ws_2005_05_identity',
}

function undocumented(value: unknown, fields: string): string[] {
  const known = fields.split(' ')
  return Object.keys(Object(value)).filter((name) => !known.includes(name))
}

describe('a Key Vault', () => {
  it('writes a record of each call: who did what to which key, and how it ended', async () => {
    const id = idOf()
    const headers = { 'x-ms-client-request-id': id, 'user-agent': 'an auditor 1.0' }
    await vault.raw('POST', '/keys/told/create?api-version=7.5', { kty: 'EC-HSM' }, { headers })
    const { time, ...record } = recordOf(id)
    const url = vault.description.vaults[0]?.url
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/)
    expect(record).toMatchObject({
      category: 'AuditEvent',
      operationName: 'KeyCreate',
      operationVersion: '7.5',
      resultType: 'Success',
      resultSignature: 'OK',
      callerIpAddress: '127.0.0.1',
      identity: { claim: { appid: vault.description.token.clientId, oid: expect.stringMatching(/^[0-9a-f-]{36}$/) } },
      durationMs: expect.stringMatching(/^\d+$/),
      resourceId: expect.stringMatching(
        /^\/SUBSCRIPTIONS\/[0-9A-F-]{36}\/RESOURCEGROUPS\/LOCAL\/PROVIDERS\/MICROSOFT\.KEYVAULT\/VAULTS\/LOCAL-VAULT$/,
      ),
      properties: {
        id: `${url}/keys/told`,
        clientInfo: 'an auditor 1.0',
        requestUri: `${url}/keys/told/create?api-version=7.5`,
        httpStatusCode: 200,
        keyProperties: { type: 'EC-HSM', attributes: { hsmPlatform: '2' } },
      },
    })
  })

  it.each([
    ['KeyGet', 'GET', '/keys/nowhere', undefined, 404, 'Not Found'],
    ['KeyPurge', 'DELETE', '/deletedkeys/nowhere', undefined, 404, 'Not Found'],
    ['KeySign', 'POST', '/keys/nowhere/sign', {}, 400, 'Bad Request'],
    ['KeyImport', 'PUT', '/keys/fail-import-503-told', { key: { kty: 'EC' } }, 503, 'Service Unavailable'],
    ['KeyList', 'GET', '/keys?maxresults=0', undefined, 400, 'Bad Request'],
    ['Authentication', 'GET', '/nothing/here', undefined, 404, 'Not Found'],
    ['Authentication', 'PUT', '/keys', undefined, 405, 'Method Not Allowed'],
  ] as const)(
    'says Success and tells the truth beside it: %s by %s %s',
    async (name, method, path, body, status, word) => {
      const id = idOf()
      const reply = await vault.raw(method, path, body, { headers: { 'x-ms-client-request-id': id } })
      expect(reply.status).toBe(status)
      expect(recordOf(id)).toMatchObject({
        operationName: name,
        resultType: 'Success',
        resultSignature: word,
        properties: { httpStatusCode: status },
      })
    },
  )

  it('notes a first call without a token as Authentication, and nobody as its caller', async () => {
    const id = idOf()
    const url = `${vault.description.vaults[0]?.url}/keys/told?api-version=7.6`
    await (await fetch(url, { headers: { 'x-ms-client-request-id': id } })).text()
    expect(recordOf(id)).toMatchObject({
      operationName: 'Authentication',
      resultType: 'Success',
      resultSignature: 'Unauthorized',
      identity: {},
      properties: { httpStatusCode: 401 },
    })
  })

  it('leaves the version out where the caller did', async () => {
    const made = await vault.raw('POST', '/keys/versioned/create', { kty: 'EC' })
    const [latest, exact] = [idOf(), idOf()]
    await vault.raw('GET', '/keys/versioned/', undefined, { headers: { 'x-ms-client-request-id': latest } })
    const path = new URL(made.body.key.kid).pathname
    await vault.raw('GET', path, undefined, { headers: { 'x-ms-client-request-id': exact } })
    const url = vault.description.vaults[0]?.url
    expect(recordOf(latest).properties.id).toBe(`${url}/keys/versioned`)
    expect(recordOf(exact).properties.id).toBe(`${url}${path}`)
  })

  it('repeats no client-request-id that is no GUID, but its own request id', async () => {
    const headers = { 'x-ms-client-request-id': 'not a guid' }
    const reply = await vault.raw('GET', '/keys/told', undefined, { headers })
    expect(recordOf(reply.headers.get('x-ms-request-id') ?? '').operationName).toBe('KeyGet')
  })

  it('notes what was committed before the connection was cut', async () => {
    await vault.raw('POST', '/keys/reset-update-after-commit-told/create', { kty: 'EC' })
    const id = idOf()
    const headers = { 'x-ms-client-request-id': id }
    const path = '/keys/reset-update-after-commit-told'
    await expect(vault.raw('PATCH', path, { tags: { a: 'b' } }, { headers })).rejects.toThrow()
    expect(recordOf(id)).toMatchObject({ operationName: 'KeyUpdate', resultSignature: 'OK' })
  })
})

describe('who was refused', () => {
  it.each([
    ['isRbacAuthorized', 'rbac'],
    ['isAccessPolicyMatch', 'access-policy'],
  ] as const)('stands in the record with %s', async (member, accessModel) => {
    const other = await startTestVault({ vaults: { every: { accessModel } } })
    const auditor = asClient(other.description, 'auditor')
    const ask = rawClient(auditor, other.description.vaults[0]?.url ?? '', 'https://vault.azure.net')
    expect((await ask('DELETE', '/deletedkeys/mine')).status).toBe(403)
    expect((await ask('GET', '/keys/mine')).status).toBe(404)
    const [denied, granted] = readAuditRecords(other.description)
    const appid = auditor.token.clientId
    expect(denied).toMatchObject({
      operationName: 'KeyPurge',
      resultType: 'Success',
      resultSignature: 'Forbidden',
      resultDescription: expect.stringContaining(appid),
      identity: { claim: { appid, appidacr: '1', iss: expect.any(String) } },
      properties: { httpStatusCode: 403, [member]: false },
    })
    expect(granted).toMatchObject({ operationName: 'KeyGet', properties: { httpStatusCode: 404, [member]: true } })
    await other.stop()
  })
})

describe('a Managed HSM', () => {
  it('writes its own flatter shape, its identity in a string', async () => {
    const id = idOf()
    const headers = { 'x-ms-client-request-id': id, 'user-agent': 'an auditor 1.0' }
    await vault.rawHsm('POST', '/keys/told/create', { kty: 'EC-HSM' }, { headers })
    const { identity, ...record } = recordOf(id)
    const url = vault.description.vaults[1]?.url
    expect(record).toMatchObject({
      operationName: 'KeyCreate',
      operationVersion: '7.6',
      category: 'AuditEvent',
      resultType: 'Success',
      properties: { PoolType: 'M-HSM', sku_Family: 'B', sku_Name: 'Standard_B1' },
      durationMs: expect.any(Number),
      callerIpAddress: '127.0.0.1',
      clientInfo: 'an auditor 1.0',
      subnetId: '(unknown)',
      httpStatusCode: 200,
      PoolName: 'local-hsm',
      requestUri: `${url}/keys/told/create?api-version=7.6`,
      resourceGroup: 'local',
      resourceProvider: 'MICROSOFT.KEYVAULT',
      resource: 'local-hsm',
      resourceType: 'managedHSMs',
    })
    expect(JSON.parse(String(identity))).toMatchObject({
      claim: {
        appid: vault.description.token.clientId,
        http_schemas_microsoft_com_identity: { claims: { objectidentifier: expect.any(String) } },
      },
    })
  })

  it('says Success of a refusal, and its status', async () => {
    const id = idOf()
    await vault.rawHsm('GET', '/keys/nowhere', undefined, { headers: { 'x-ms-client-request-id': id } })
    expect(recordOf(id)).toMatchObject({ operationName: 'KeyGet', resultType: 'Success', httpStatusCode: 404 })
  })
})

describe('all records', () => {
  it('hold documented fields alone, whatever was called and however it ended', async () => {
    const calls = [
      ['POST', '/keys/field/create', { kty: 'RSA-HSM' }],
      ['POST', '/keys/field/create', { kty: 'nonsense' }],
      ['GET', '/keys', undefined],
      ['GET', '/keys/field/versions', undefined],
      ['POST', '/keys/field/sign', { alg: 'RS256', value: Buffer.alloc(32).toString('base64url') }],
      ['POST', '/keys/field/backup', undefined],
      ['POST', '/keys/field/rotate', undefined],
      ['POST', '/rng', { count: 4 }],
      ['GET', '/keys/field/attestation', undefined],
      ['DELETE', '/keys/field', undefined],
      ['GET', '/deletedkeys', undefined],
      ['POST', '/deletedkeys/field/recover', undefined],
      ['GET', '/none', undefined],
    ] as const
    for (const index of [0, 1]) {
      const ask = await bareClient(vault.description, index)
      for (const [method, path, body] of calls) await ask(method, path, body)
    }
    const records = readAuditRecords(vault.description)
    expect(records.length).toBeGreaterThan(2 * calls.length)
    for (const record of records) {
      const { identity, properties } = record
      if (typeof identity === 'string') {
        expect(undocumented(record, hsmFields.record)).toEqual([])
        expect(undocumented(properties, hsmFields.properties)).toEqual([])
        expect(undocumented(JSON.parse(identity).claim, hsmFields.claims)).toEqual([])
      } else {
        expect(undocumented(record, vaultFields.record)).toEqual([])
        expect(undocumented(properties, vaultFields.properties)).toEqual([])
        expect(undocumented(properties.keyProperties, vaultFields.keyProperties)).toEqual([])
        expect(undocumented(identity.claim, vaultFields.claims)).toEqual([])
      }
    }
  })

  it('tell nothing of release policies, attestations, digests and tags', async () => {
    const url = vault.description.attestation.url
    const claims = { 'x-secret-claim': 'a-claim-of-the-attestation' }
    const issued = await fetch(`${url}/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ layout: 'sevsnp-cvm', claims }),
    })
    const { token } = (await issued.json()) as { token: string } // the authority's documented answer
    const wanted = {
      version: '1.0.0',
      anyOf: [{ authority: url, allOf: [{ claim: 'x-secret-claim', equals: 'else' }] }],
    }
    const data = Buffer.from(JSON.stringify(wanted)).toString('base64url')
    const created = await vault.raw('POST', '/keys/guarded/create', {
      kty: 'RSA-HSM',
      attributes: { exportable: true },
      release_policy: { data },
      tags: { note: 'a-tag-of-the-key' },
    })
    expect(created.status).toBe(200)
    const path = new URL(created.body.key.kid).pathname
    expect((await vault.raw('POST', `${path}/release`, { target: token })).status).toBeGreaterThanOrEqual(400)
    const bad = { ...wanted, anyOf: [{ authority: 'http://127.0.0.1:9/a-policy-text', allOf: [{ claim: 'x' }] }] }
    const text = Buffer.from(JSON.stringify(bad)).toString('base64url')
    await vault.raw('POST', '/keys/guarded-b/create', { kty: 'RSA-HSM', release_policy: { data: text } })
    const told = JSON.stringify(readAuditRecords(vault.description))
    expect(told).toContain('KeyRelease')
    for (const secret of [
      'x-secret-claim',
      'a-claim-of',
      'a-policy-text',
      'a-tag-of',
      'authority',
      token.slice(0, 30),
      data.slice(0, 30),
    ])
      expect([secret, told.includes(secret)]).toEqual([secret, false])
  })
})

describe('the files', () => {
  it('lie where Azure Monitor puts them: one an hour and vault', async () => {
    const before = auditFiles(vault.description).length
    expect(before).toBeGreaterThanOrEqual(2)
    vault.clock.advance(3600)
    await vault.raw('GET', '/keys')
    const files = auditFiles(vault.description)
    expect(files.length).toBe(before + 1)
    for (const file of files) {
      expect(file).toMatch(
        /^insights-logs-auditevent\/resourceId=\/SUBSCRIPTIONS\/[0-9A-F-]+\/RESOURCEGROUPS\/LOCAL\/PROVIDERS\/MICROSOFT\.KEYVAULT\/(VAULTS\/LOCAL-VAULT|MANAGEDHSMS\/LOCAL-HSM)\/y=\d{4}\/m=\d\d\/d=\d\d\/h=\d\d\/m=00\/PT1H\.json$/,
      )
    }
  })

  it('get their record before the answer leaves; a call whose record can not be written is not acknowledged', async () => {
    const other = await startTestVault()
    const folder = join(other.description.auditLog, 'insights-logs-auditevent')
    rmSync(folder, { recursive: true, force: true })
    writeFileSync(folder, 'in the way')
    other.clock.advance(3600)
    expect((await other.raw('GET', '/keys')).status).toBe(500)
    rmSync(folder)
    expect((await other.raw('GET', '/keys')).status).toBe(200)
    await other.stop()
  })
})
