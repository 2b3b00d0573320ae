import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline'
import { z } from 'zod'
import type { LocalVaultDescription } from '../server'

const tokenSchema = z.object({ access_token: z.string() })

/** The first client's credential, which signs in over TLS: Node's own fetch can't be told to trust `ca`. */
export function tlsCredential({ token }: Pick<LocalVaultDescription, 'token'>, ca: Buffer) {
  const { url, clientId, clientSecret } = token
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
      const { access_token } = tokenSchema.parse(JSON.parse(bodyAsText ?? ''))
      return { token: access_token, expiresOnTimestamp: Date.now() + 3_000_000 }
    },
  }
}
