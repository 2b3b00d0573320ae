import { isLoopbackUrl } from '../connections/vault-url'

/**
 * Where an authority of a release policy stands: `https`, as every attestation service does; `this-machine`, an authority on
 * loopback over plain HTTP, which only a vault on loopback can and may ask; `refused`, anything else.
 */
export type AuthorityPlace = 'https' | 'this-machine' | 'refused'

/**
 * The one rule of which authorities a policy may name. Over plain HTTP whoever sits between could attest whatever they
 * like, and a vault elsewhere would look for `127.0.0.1` on its own machine.
 * @param vaultUrl of the vault that the policy is for; null where none is chosen, which is taken for one elsewhere
 */
export function placeOfAuthority(authority: string, vaultUrl: string | null): AuthorityPlace {
  if (!URL.canParse(authority)) return 'refused'
  const { protocol } = new URL(authority)
  if (protocol === 'https:') return 'https'
  const isLocal = protocol === 'http:' && isLoopbackUrl(authority) && vaultUrl !== null && isLoopbackUrl(vaultUrl)
  return isLocal ? 'this-machine' : 'refused'
}

/** Microsoft's regional attestation providers: `sharedweu.weu.attest.azure.net`. */
export function isSharedAuthority(authority: string): boolean {
  if (!URL.canParse(authority)) return false
  return /^shared[a-z0-9]+(\.[a-z0-9]+)?\.attest\.azure\.[a-z]+$/.test(new URL(authority).hostname)
}
