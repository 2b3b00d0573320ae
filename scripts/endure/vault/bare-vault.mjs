import { randomUUID } from 'node:crypto'
import { localKeyVault } from '../../lib/local-installation.mjs'

/**
 * @typedef {{ status: number, body: any, id: string }} Reply `id` went as x-ms-client-request-id
 * @typedef {(method: string, path: string, body?: object) => Promise<Reply | undefined>} Ask undefined where nobody answered
 */

/**
 * Plain HTTP to the installation's Key Vault; each call goes once.
 * @param {import('./start-vault.mjs').VaultDescription} description @returns {Promise<Ask>}
 */
export async function bareVault(description) {
  const { url, token } = localKeyVault(description)
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: token.clientId,
    client_secret: token.clientSecret,
    scope: 'https://vault.azure.net/.default',
  })
  const { access_token: bearer } = await (await fetch(token.url, { method: 'POST', body: form })).json()
  return async (method, path, body) => {
    const id = randomUUID()
    const headers = {
      authorization: `Bearer ${bearer}`,
      'content-type': 'application/json',
      'x-ms-client-request-id': id,
    }
    try {
      const reply = await fetch(`${url}${path}${path.includes('?') ? '&' : '?'}api-version=7.6`, {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
      })
      const text = await reply.text()
      return { status: reply.status, body: text === '' ? {} : JSON.parse(text), id }
    } catch {
      return undefined // killed: before the commit or after it
    }
  }
}
