import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asClient } from '../../testing/as-client'
import { askAdmin, fetchToken } from '../../testing/raw-client'
import { startTestVault, type TestVault } from '../../testing/start-test-vault'

const resource = 'https://api.loganalytics.io'
const workspace = randomUUID()

let vault: TestVault
const ids = { get: randomUUID(), denied: randomUUID(), hsm: randomUUID() }

beforeAll(async () => {
  vault = await startTestVault()
  const { raw, rawHsm } = vault
  await raw('POST', '/keys/queried/create', { kty: 'EC-HSM' })
  await raw('GET', '/keys/queried', undefined, { headers: { 'x-ms-client-request-id': ids.get } })
  await raw('GET', '/keys/nowhere', undefined, { headers: { 'x-ms-client-request-id': ids.denied } })
  await rawHsm('GET', '/keys/nowhere', undefined, { headers: { 'x-ms-client-request-id': ids.hsm } })
})
afterAll(() => vault.stop())

type Reply = {
  tables: { name: string; columns: { name: string; type: string }[]; rows: unknown[][] }[]
  error: { code: string; message: string; correlationId: string; innererror: { code: string; message: string } }
}

async function post(body: unknown, { description = vault.description, audience = resource } = {}) {
  const token = await fetchToken(description, `${audience}/.default`)
  const response = await fetch(`${description.vaults[0]?.url}/v1/workspaces/${workspace}/query`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  // Absent members fail the test that wants them.
  return { status: response.status, body: (await response.json()) as Reply }
}

async function rowsOf(query: string, timespan?: string): Promise<unknown[][]> {
  const { status, body } = await post({ query, timespan })
  expect([status, body.error]).toEqual([200, undefined])
  return body.tables[0]?.rows ?? []
}

describe('the query endpoint', () => {
  it('shows the records of both kinds in the legacy table', async () => {
    const rows = await rowsOf(
      `AzureDiagnostics | where ResourceProvider == "MICROSOFT.KEYVAULT" and OperationName startswith "Key" | order by TimeGenerated asc
       | project OperationName, ResultType, ResultSignature, httpStatusCode_d, CorrelationId, ResourceType, Resource, identity_claim_appid_g`,
    )
    const { clientId } = vault.description.token
    expect(rows.slice(1)).toEqual([
      ['KeyGet', 'Success', 'OK', 200, ids.get, 'VAULTS', 'LOCAL-VAULT', clientId],
      ['KeyGet', 'Success', 'Not Found', 404, ids.denied, 'VAULTS', 'LOCAL-VAULT', clientId],
      ['KeyGet', 'Success', 'Not Found', 404, ids.hsm, 'MANAGEDHSMS', 'LOCAL-HSM', clientId],
    ])
  })

  it('shows the same in the table of its own', async () => {
    const rows = await rowsOf(
      `AZKVAuditLogs | where HttpStatusCode == 200 and CorrelationId == "${ids.get}"
       | project OperationName, Id, tostring(Identity.claim.appid), KeyProperties, IsRbacAuthorized, DurationMs >= 0`,
    )
    const id = `${vault.description.vaults[0]?.url}/keys/queried`
    const key = JSON.stringify({ type: 'EC-HSM', attributes: { hsmPlatform: '2' } })
    expect(rows).toEqual([['KeyGet', id, vault.description.token.clientId, key, true, true]])
  })

  it('shows both at once in a union, one row a table', async () => {
    const rows = await rowsOf(
      `union isfuzzy=true AzureDiagnostics, AZKVAuditLogs, SomeOtherTable | where CorrelationId == '${ids.get}'
       | project Type, Status = coalesce(toint(httpStatusCode_d), HttpStatusCode), Key = coalesce(id_s, Id)`,
    )
    const id = `${vault.description.vaults[0]?.url}/keys/queried`
    expect(rows).toEqual([
      ['AzureDiagnostics', 200, id],
      ['AZKVAuditLogs', 200, id],
    ])
  })

  it('keeps to the timespan in each of its forms', async () => {
    const count = async (timespan: string) => (await rowsOf('AZKVAuditLogs | count', timespan))[0]?.[0]
    const all = Number(await count('PT1H'))
    expect(all).toBeGreaterThanOrEqual(4)
    const [start, end] = [
      new Date(vault.clock.now() - 3_600_000).toISOString(),
      new Date(vault.clock.now() + 1000).toISOString(),
    ]
    expect(await count(`${start}/${end}`)).toBe(all)
    expect(await count(`${start}/PT2H`)).toBe(all)
    expect(await count(`PT2H/${end}`)).toBe(all)
    expect(await count(`2020-01-01/${start}`)).toBe(0)
    await askAdmin(vault.description, '/clock', { advanceSeconds: 7200 })
    expect(await count('PT1H')).toBe(0)
    expect(await count('P1D')).toBe(all)
  })

  it.each([
    [{ query: 'AZKVAuditLogs | summarize count()' }, 'SyntaxError'],
    [{ query: 'AZKVAuditLogs | where Nothing == 1' }, 'SemanticError'],
    [{ query: 'AZKVAuditLogs', timespan: 'soon' }, 'SemanticError'],
    [{ query: 'AZKVAuditLogs', timespan: 'P1D/never' }, 'SemanticError'],
    [{ query: 7 }, undefined],
    [{}, undefined],
    ['not json', undefined],
    [{ query: `AZKVAuditLogs //${'x'.repeat(70_000)}` }, undefined],
  ])('answers anything else with 400: %j', async (body, inner) => {
    const reply = await post(body)
    expect([reply.status, reply.body.error.code]).toEqual([400, 'BadArgumentError'])
    expect(reply.body.error.innererror?.code).toBe(inner)
    expect(reply.body.error.correlationId).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('takes no token for a vault, and a vault takes none of its', async () => {
    expect((await post({ query: 'AZKVAuditLogs' }, { audience: 'https://vault.azure.net' })).status).toBe(401)
    const token = await fetchToken(vault.description, `${resource}/.default`)
    const url = `${vault.description.vaults[0]?.url}/keys?api-version=7.6`
    expect((await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401)
  })

  it('shows a caller the records of those vaults alone whose keys it may list', async () => {
    const query = 'AZKVAuditLogs | distinct _ResourceId'
    const ask = (name: string) => post({ query }, { description: asClient(vault.description, name) })
    expect((await ask('auditor')).body.tables[0]?.rows).toHaveLength(2)
    expect((await ask('crypto-officer')).body.tables[0]?.rows).toEqual([
      [expect.stringMatching(/\/vaults\/local-vault$/)],
    ])
    const refused = await ask('release-only')
    expect([refused.status, refused.body.error.code]).toEqual([403, 'InsufficientAccessError'])
  })
})
