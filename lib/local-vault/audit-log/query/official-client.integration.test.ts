import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline'
import { KeyClient } from '@azure/keyvault-keys'
import { LogsQueryClient, LogsQueryResultStatus } from '@azure/monitor-query-logs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestVault, type TestVault } from '../../testing/start-test-vault'

let vault: TestVault
beforeAll(async () => {
  vault = await startTestVault({ tls: true })
})
afterAll(() => vault.stop())

const tokenSchema = z.object({ access_token: z.string() })

/** Signs in over TLS, which Node's own fetch can't be told to trust. */
function credentialOf({ description }: TestVault, ca: Buffer) {
  const { url, clientId, clientSecret } = description.token
  return {
    async getToken(scopes: string | string[]) {
      const scope = [scopes].flat().join(' ')
      const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope }
      const request = createPipelineRequest({
        url,
        method: 'POST',
        body: new URLSearchParams(form).toString(),
        headers: createHttpHeaders({ 'content-type': 'application/x-www-form-urlencoded' }),
      })
      request.tlsSettings = { ca }
      const { bodyAsText } = await createDefaultHttpClient().sendRequest(request)
      const token = tokenSchema.parse(JSON.parse(bodyAsText ?? '')).access_token
      return { token, expiresOnTimestamp: Date.now() + 3_000_000 }
    },
  }
}

describe('the official client over TLS', () => {
  it('gets typed rows of both tables, and a refusal as an error', async () => {
    const { description } = vault
    const url = description.vaults[0]?.url ?? ''
    const ca = readFileSync(description.ca ?? '')
    const credential = credentialOf(vault, ca)
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
