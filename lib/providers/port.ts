import type { VaultOperation } from '@/lib/domain/connections/vault-operation'
import type { EcCurve, KeyType } from '@/lib/domain/keys/key-type'
import type {
  CreateKekInput,
  CreateKeyInput,
  ImportBlobInput,
  ImportJwkInput,
  ReleaseKeyInput,
  SetReleasePolicyInput,
  UpdateVersionInput,
} from './inputs'

/**
 * A vault, in the console's words. One implementation per product folder; `contract-suite.ts` runs against each.
 *
 * Contract
 * - Every method ends within its own timeout: reads in 10 s (and they honour Retry-After within it), writes in 20 s.
 * - Writes are sent once, never repeated by the client. Reads may be repeated.
 * - Every failure is a `ProviderError` whose `certainty` tells whether the vault can have done it.
 * - Nothing is ever enabled unless `enabled: true` is passed.
 */
export interface VaultProvider {
  listKeys(options?: ReadOptions): AsyncIterable<KeyListing>
  listVersions(name: string, options?: ReadOptions): Promise<Answer<KeyListing[]>>
  /** The named version, or the latest. Public parts only. */
  getKey(name: string, version?: string, options?: ReadOptions): Promise<Answer<VaultKey>>
  listDeletedKeys(options?: ReadOptions): AsyncIterable<DeletedKeyListing>
  /** null when the name is not among the deleted. */
  getDeletedKey(name: string, options?: ReadOptions): Promise<Answer<DeletedKeyListing | null>>
  createKek(input: CreateKekInput): Promise<Answer<VaultKey>>
  /** Generates a key in the vault. */
  createKey(input: CreateKeyInput): Promise<Answer<VaultKey>>
  importTransferBlob(input: ImportBlobInput): Promise<Answer<VaultKey>>
  /**
   * Sends a private key in the clear, over TLS. The members stay the caller's, to be filled with zeros; the error of a call
   * that failed leads to nothing that was sent: no cause, no request.
   */
  importPrivateJwk(input: ImportJwkInput): Promise<Answer<VaultKey>>
  /** Addresses the exact version, never the latest. */
  updateVersion(input: UpdateVersionInput): Promise<Answer<VaultKey>>
  /** Sets the policy of the key, which has no version in its address: a vault refuses one that is immutable. */
  setReleasePolicy(input: SetReleasePolicyInput): Promise<Answer<VaultKey>>
  deleteKey(name: string): Promise<Answer<DeletedKeyListing>>
  /** Encrypts one zero block by AES-CBC with a zero IV at the vault; the first 3 bytes, as 6 lower-case hex digits. */
  keyCheckValue(name: string, version: string, bits: 128 | 192 | 256): Promise<Answer<string>>
  /**
   * Asks for one exact version, wrapped for the key in an attestation token. Each call is a release of its own, on the
   * vault's record. The answer is the vault's compact JWS as it came, which nobody has verified yet.
   */
  releaseKey(input: ReleaseKeyInput): Promise<Answer<string>>
  /** One cheap read; never throws for a vault that is down. */
  checkHealth(): Promise<Health>
}

export interface ReadOptions {
  signal?: AbortSignal
}

export interface Answer<T> {
  value: T
  /** x-ms-request-id, where the vault sent one. */
  requestId: string | null
}

export interface KeyAttributes {
  enabled: boolean
  notBefore: Date | null
  expiresAt: Date | null
  createdAt: Date | null
  updatedAt: Date | null
  recoveryLevel: string | null
  recoverableDays: number | null
  exportable: boolean
  /** "0", "1", "2" as the vault says; null when it does not. */
  hsmPlatform: string | null
}

export interface KeyListing {
  name: string
  /** Present in a listing of versions. */
  version: string | null
  kid: string
  attributes: KeyAttributes
  tags: Record<string, string>
  managed: boolean
}

/** Public members of the vault's JWK; byte members are base64url without padding. */
export type VaultPublicJwk =
  | { kty: 'RSA' | 'RSA-HSM'; n: string; e: string }
  | { kty: 'EC' | 'EC-HSM'; crv: EcCurve; x: string; y: string }

export interface VaultKey {
  name: string
  version: string
  kid: string
  kty: KeyType
  /** "2048", "P-256K", "256"; null for an oct key whose size the vault does not tell. */
  sizeOrCurve: string | null
  keyOps: string[]
  /** null for symmetric keys. */
  publicJwk: VaultPublicJwk | null
  attributes: KeyAttributes
  tags: Record<string, string>
  managed: boolean
  releasePolicy: VaultPolicy | null
}

/** A release policy as a vault holds it. */
export interface VaultPolicy {
  /** Of the decoded bytes, hex. */
  sha256: string
  text: string
  /** As the vault says it; null when it does not. */
  contentType: string | null
  immutable: boolean
}

export interface DeletedKeyListing {
  name: string
  deletedAt: Date | null
  scheduledPurgeAt: Date | null
  recoveryLevel: string | null
}

export type Health =
  | { state: 'answering'; latencyMs: number; clockSkewMs: number | null }
  | { state: 'not_activated'; latencyMs: number }
  | { state: 'not_answering'; code: ProviderErrorCode }

export type ProviderErrorCode =
  | 'vault-unreachable'
  | 'vault-timeout'
  | 'connection-lost'
  | 'throttled'
  | 'not-authenticated'
  | 'not-permitted'
  | 'key-not-found'
  | 'name-soft-deleted'
  | 'conflict'
  | 'bad-request'
  | 'key-disabled'
  | 'policy-not-met'
  | 'token-not-verified'
  | 'authority-unreachable'
  | 'not-activated'
  | 'vault-error'
  | 'unexpected-answer'
  | 'foreign-challenge'
  | 'credential-missing'

/**
 * `not-sent`: nothing left this machine. `refused`: the vault answered that it did not.
 * `unknown`: it may have done it; only asking the vault tells.
 */
export type Certainty = 'not-sent' | 'refused' | 'unknown'

const PROVIDER_ERROR = Symbol.for('drawbridge.ProviderError')

export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  readonly [PROVIDER_ERROR] = true

  /** Next bundles this module more than once, each time with a class of its own: the mark is what counts. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && PROVIDER_ERROR in value
  }

  constructor(
    readonly code: ProviderErrorCode,
    readonly certainty: Certainty,
    readonly facts: {
      status?: number
      vaultCode?: string
      requestId?: string
      retryAfterSeconds?: number
      /** The digits of `AKV.SKR.nnnn`. */
      skrNumber?: string
    } = {},
    options?: { cause?: unknown },
  ) {
    super(code, options)
  }
}

/** Told of every call's end, so that what an identity may do is learnt from real calls only. */
export interface CallObserver {
  worked(operation: VaultOperation, latencyMs: number): void
  failed(operation: VaultOperation, error: ProviderError, latencyMs: number): void
}
