import type { LocalVaultDescription } from '../server'

/** The same installation as another of its clients sees it: tokens are asked for in its name. */
export function asClient(description: LocalVaultDescription, name: string): LocalVaultDescription {
  const client = description.clients.find((each) => each.name === name)
  if (!client) throw new Error(`There is no client ${name}.`)
  const { clientId, clientSecret } = client
  return { ...description, token: { url: description.token.url, clientId, clientSecret } }
}
