import type { TokenAuthority, TokenRefusal } from '../token/access-token'
import { Fault } from './fault'
import { type VaultKind, vaultResources } from './vault-kind'

/**
 * What a vault's tokens may be for: the cloud's resource of its kind, or this very listener as `https://localhost:<port>`. The
 * second is for clients that insist on calling a subdomain of the resource they got a token for.
 */
export function resourcesOf({ kind, url }: { kind: VaultKind; url: string }): [cloud: string, local: string] {
  return [vaultResources[kind], `https://localhost:${new URL(url).port}`]
}

/** Names the local resource to whoever calls the vault by a name under `.localhost`, the cloud's to everybody else. */
export function challenge(authority: TokenAuthority, [cloud, local]: [string, string], host: string): string {
  const resource = /\.localhost(:\d+)?$/i.test(host) ? local : cloud
  return `Bearer authorization="${authority.url}/${authority.tenantId}", resource="${resource}"`
}

const refusals = {
  missing: 'AKV10000: Request is missing a Bearer or PoP token.',
  malformed: "[Unauthorized] Error validating token: 'S2S12005'.",
  expired: "[TokenExpired] Error validating token: 'S2S12086'.",
  'wrong-audience': 'AKV10022: Invalid audience.',
} as const satisfies Record<TokenRefusal, string>

export function refuseToken(refusal: TokenRefusal, wwwAuthenticate: string): Fault {
  return new Fault(401, 'Unauthorized', refusals[refusal], { headers: { 'www-authenticate': wwwAuthenticate } })
}
