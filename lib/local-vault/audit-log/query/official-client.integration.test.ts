import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { KeyClient } from '@azure/keyvault-keys'
import { LogsQueryClient, LogsQueryResultStatus } from '@azure/monitor-query-logs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestVault, type TestVault } from '../../testing/start-test-vault'
import { tlsCredential } from '../../testing/tls-credential'

let vault: TestVault
beforeAll(async () => {
  vault = await startTestVault({ tls: true })
})
afterAll(() => vault.stop())

describe('the official client over TLS', () => {
  it('gets typed rows of both tables, and a refusal as an error', async () => {
    const { description } = vault
    const url = description.vaults[0]?.url ?? ''
    const ca = readFileSync(description.ca ?? '')
    const credential = tlsCredential(description, ca)
    const keys = new KeyClient(url, credential, { disableChallengeResourceVerification: true, tlsOptions: { ca } })
    await keys.createEcKey('queried')

    const client = new LogsQueryClient(credential, { endpoint: `${url}/v1`, tlsOptions: { ca } })
    const ask = (query: string) => client.queryWorkspace(randomUUID(), query, { duration: 'PT1H' })
    const result = await ask(
      `union isfuzzy=true AzureDiagnostics, AZKVAuditLogs | where OperationName == "KeyCreate"
       | project TimeGenerated, Type, Identity, Tls = coalesce(tlsVersion_s, Tlsversion)`,
    )
    if (result.status !== LogsQueryResultStatus.Success) throw new Error('The query failed in part.')
    const { clientId } = description.token
    expect(result.tables[0]?.rows).toEqual([
      [expect.any(Date), 'AzureDiagnostics', null, 'TLS1_3'],
      [expect.any(Date), 'AZKVAuditLogs', { claim: expect.objectContaining({ appid: clientId }) }, 'TLS1_3'],
    ])
    await expect(ask('AZKVAuditLogs | evaluate bag_unpack(Identity)')).rejects.toMatchObject({ statusCode: 400 })
    // The challenge was answered without a token, and noted.
    const first = await ask('AZKVAuditLogs | where HttpStatusCode == 401 | project OperationName')
    expect(first.status === LogsQueryResultStatus.Success && first.tables[0]?.rows[0]).toEqual(['Authentication'])
  })
})
