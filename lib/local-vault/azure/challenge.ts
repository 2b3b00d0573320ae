import type { TokenAuthority, TokenRefusal } from '../token/access-token'
import { Fault } from './fault'
import type { VaultKind } from './vault-kind'

export function challenge({ url, tenantId }: TokenAuthority, resource: string): string {
  return `Bearer authorization="${url}/${tenantId}", resource="${resource}"`
}

const refusals = {
  missing: 'AKV10000: Request is missing a Bearer or PoP token.',
  malformed: "[Unauthorized] Error validating token: 'S2S12005'.",
  expired: "[TokenExpired] Error validating token: 'S2S12086'.",
  'wrong-audience': 'AKV10022: Invalid audience.',
} as const satisfies Record<TokenRefusal, string>

/** A Managed HSM was recorded answering the first, token-less call without a body (Azure/azure-sdk-for-js, keyvault-admin). */
export function refuseToken(refusal: TokenRefusal, kind: VaultKind, wwwAuthenticate: string): Fault {
  const bare = kind === 'azure-managed-hsm' && refusal === 'missing'
  return new Fault(401, 'Unauthorized', refusals[refusal], { headers: { 'www-authenticate': wwwAuthenticate }, bare })
}
