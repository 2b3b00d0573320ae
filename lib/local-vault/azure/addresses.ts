import { type VaultKind, vaultResources } from './vault-kind'

type Addressed = { name: string; kind: VaultKind; url: string }

/**
 * How one vault is called: by its address, or by its own name under `.localhost`, as in the cloud. Clients call what kids name, so
 * the kids in an answer name what its caller called.
 */
export function addressesOf({ name, url }: Pick<Addressed, 'name' | 'url'>): { address: string; named: string } {
  const { protocol, port } = new URL(url)
  return { address: `${protocol}//127.0.0.1:${port}`, named: `${protocol}//${name}.localhost:${port}` }
}

/**
 * What a vault's tokens may be for: the cloud's resource of its kind, or this very listener. The second is for callers by name:
 * official clients insist on calling a subdomain of the resource that the challenge names, Debian's Python client with its port.
 */
export function resourcesOf({ kind, url }: Pick<Addressed, 'kind' | 'url'>): { cloud: string; local: string } {
  return { cloud: vaultResources[kind], local: `https://localhost:${new URL(url).port}` }
}
