import type { TestConsole } from './console'

/** The console never purges; an administrator of the vault does. */
export async function purgeKey({ vault, connections }: TestConsole, name: string): Promise<void> {
  const { token } = vault.description
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: token.clientId,
    client_secret: token.clientSecret,
    scope: 'https://vault.azure.net/.default',
  })
  const answer = (await (await fetch(token.url, { method: 'POST', body })).json()) as { access_token: string } // our own vault's words
  const response = await fetch(`${connections.vault.url}/deletedkeys/${name}?api-version=7.6`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${answer.access_token}` },
  })
  if (response.status !== 204) throw new Error(`the vault did not purge ${name}: ${response.status}`)
}
