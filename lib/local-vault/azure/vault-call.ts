import type { SigningAuthority } from '../certificates/signing-authority'
import type { KeyStore } from '../store/key-store'
import type { UnixSeconds } from '../store/records'
import type { Caller } from '../token/access-token'
import type { VaultSettings } from '../vault-settings'
import type { Grants } from './access/access'
import type { ApiVersion } from './api-versions'
import type { ReleaseSigner } from './release/release-signer'
import type { VaultKind } from './vault-kind'

export type VaultContext = {
  name: string
  kind: VaultKind
  /** As this call's caller names it, see addresses.ts. */
  url: string
  keys: KeyStore
  now: () => UnixSeconds
  settings: VaultSettings
  /** What a client may do here, by its appid; nothing, if it is not one of the installation's. */
  grantsOf: (appid: string) => Grants
  /** Signs what a Managed HSM says about its keys. */
  attestation: SigningAuthority
  signRelease: ReleaseSigner
  /** A 32-byte key for one purpose, the same in all vaults of the installation. */
  deriveKey: (purpose: string) => Buffer
}

/** One authenticated call, its path and body already read. Body member names are lower case (tags excepted). */
export type VaultCall = {
  vault: VaultContext
  caller: Caller
  name: string
  version: string | undefined
  query: URLSearchParams
  api: ApiVersion
  body: unknown
  /** The scheme and the Host that the client used: what continuation links are built from. */
  origin: string
  /** The name is a sentinel that makes an import store another key than the given one. */
  substitute: boolean
  /** The name is a sentinel that makes a release end like this, whatever the key's policy says. */
  againstPolicy: 'allow' | 'deny' | null
  /** How long a deletion stays in progress; more than 0 for a sentinel only. */
  deletionSeconds: number
}

/** `version` is what the acknowledged log notes, `name` where the path has none. */
export type VaultReply =
  | { status: 200; body: Record<string, unknown>; version?: string; name?: string }
  | { status: 204 }
export type Handler = (call: VaultCall) => Promise<VaultReply> | VaultReply
