import { type Access, type Grants, grantsOf } from './azure/access/access'
import { fullAccess } from './azure/access/clients'
import type { Settings } from './settings'
import type { TokenAuthority, TokenClient } from './token/access-token'
import type { VaultName } from './vault-settings'

/** Who signs access tokens, and for whom. */
export function authorityOf(
  { tenantId, tokenKey }: Settings,
  rest: Pick<TokenAuthority, 'clients' | 'resources' | 'url' | 'now'>,
): TokenAuthority {
  return { tenantId, key: Buffer.from(tokenKey, 'base64url'), ...rest }
}

export type Client = TokenClient & { access: Access }

/** The first client, which may do everything, and those beside it. */
export function clientsOf({ clientId, clientObjectId, clientSecret, clients }: Settings): Client[] {
  return [{ clientId, clientObjectId, clientSecret, access: fullAccess }, ...clients]
}

/** By appid: what each client may do in one vault. */
export function grantsIn(vault: VaultName, clients: Client[]): Map<string, Grants> {
  return new Map(clients.map(({ clientId, access }) => [clientId, grantsOf(access[vault] ?? { roles: [] })]))
}
