import type { AccessToken, TokenCredential } from '@azure/core-auth'
import { z } from 'zod'

const answerSchema = z.object({ access_token: z.string(), expires_in: z.coerce.number() })

/** Client credentials at the local vault's own token endpoint, which is on loopback. */
export class LocalCredential implements TokenCredential {
  constructor(private readonly client: { tokenUrl: string; clientId: string; clientSecret: string }) {}

  async getToken(scopes: string | string[], options?: { abortSignal?: unknown }): Promise<AccessToken> {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: this.client.clientId,
      client_secret: this.client.clientSecret,
      scope: [scopes].flat().join(' '),
    })
    const signal = options?.abortSignal instanceof AbortSignal ? options.abortSignal : AbortSignal.timeout(10_000)
    const response = await fetch(this.client.tokenUrl, { method: 'POST', body, signal, redirect: 'error' })
    if (!response.ok) throw new LocalTokenError(response.status)
    const answer = answerSchema.parse(await response.json())
    return { token: answer.access_token, expiresOnTimestamp: Date.now() + answer.expires_in * 1000 }
  }
}

class LocalTokenError extends Error {
  override readonly name = 'LocalTokenError'
  constructor(status: number) {
    super(`the local token endpoint answered ${status}`)
  }
}
