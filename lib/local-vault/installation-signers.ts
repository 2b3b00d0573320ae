import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type TokenSigner, tokenSigner } from './attestation/token-signer'
import { type ReleaseSigner, releaseSigner } from './azure/release/release-signer'
import type { VaultKind } from './azure/vault-kind'
import { type AuthorityNames, readOrCreateAuthority, type SigningAuthority } from './certificates/signing-authority'

/** Signs what a vault releases; its certificate carries the vault's host, which clients compare. */
export function releaseSignerOf(
  dataFolder: string,
  { name, kind, url }: { name: string; kind: VaultKind; url: string },
): ReleaseSigner {
  const host = new URL(url).hostname
  const names = {
    root: `${name} release root`,
    leaf: host,
    hosts: [...new Set([host, 'localhost', `${name}.localhost`])],
  }
  const authority = whenNeeded(join(dataFolder, `release-${name}.json`), names)
  const sign = once(() => releaseSigner(authority(), kind))
  return (payload) => sign()(payload)
}

/** Signs attestation tokens. */
export function attestationSignerOf(dataFolder: string): () => TokenSigner {
  const names = { root: 'Local attestation root', leaf: 'Local attestation authority' }
  const authority = whenNeeded(join(dataFolder, 'attestation-authority.json'), names)
  return once(() => tokenSigner(authority()))
}

/** RSA keys take a moment to make, which a start need not wait for. One that is there is read at the start, so that a damaged one is told of. */
function whenNeeded(path: string, names: AuthorityNames): () => SigningAuthority {
  const authority = once(() => readOrCreateAuthority(path, names, 'RSA'))
  if (existsSync(path)) authority()
  return authority
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
