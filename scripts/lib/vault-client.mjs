import { KeyClient } from '@azure/keyvault-keys'

/**
 * The official client at a local vault, past the console; it never sends a call again by itself.
 * @param {{ url: string, token: { url: string, clientId: string, clientSecret: string } }} vault
 */
export function vaultClient({ url, token }) {
  const body = (/** @type {string | string[]} */ scopes) =>
    new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: token.clientId,
      client_secret: token.clientSecret,
      scope: [scopes].flat().join(' '),
    })
  const credential = {
    getToken: async (/** @type {string | string[]} */ scopes) => {
      const answer = await (await fetch(token.url, { method: 'POST', body: body(scopes) })).json()
      return { token: answer.access_token, expiresOnTimestamp: Date.now() + 3_600_000 }
    },
  }
  return new KeyClient(url, credential, {
    allowInsecureConnection: true,
    disableChallengeResourceVerification: true,
    retryOptions: { maxRetries: 0 },
  })
}
