import type { PrivateJwk } from '@/lib/domain/imports/private-jwk'
import type { BlobType } from '@/lib/domain/imports/target'
import type { KeyOperation } from '@/lib/domain/keys/key-operations'
import type { EcCurve, KeyType } from '@/lib/domain/keys/key-type'
import type { ReleaseAlgorithm } from '@/lib/domain/releases/release-algorithm'

// What a vault is asked for, in the words of `port.ts`.

export interface CreateKekInput {
  name: string
  bits: 2048 | 3072 | 4096
  expiresAt: Date | null
  tags: Record<string, string>
}

export interface CreateKeyInput {
  name: string
  kty: KeyType
  bits?: number
  curve?: EcCurve
  keyOps: KeyOperation[]
  enabled: boolean
  notBefore: Date | null
  expiresAt: Date | null
  /** With one the key is exportable, for good; without one it never is. */
  releasePolicy?: { text: string; immutable: boolean }
  tags: Record<string, string>
}

export interface ImportBlobInput extends ImportedKey {
  kty: BlobType
  curve?: EcCurve
  /** The whole transfer blob file, as it is to be sent. */
  blob: Uint8Array
}

export interface ImportJwkInput extends ImportedKey {
  key: PrivateJwk
  /** Held in hardware: `RSA-HSM` instead of `RSA`. */
  hsm: boolean
}

/** What every import asks for, whichever way it goes. */
export interface ImportedKey {
  name: string
  keyOps: KeyOperation[]
  /** Always false: an imported key arrives disabled. The literal type is the rule. */
  enabled: false
  notBefore: Date | null
  expiresAt: Date | null
  exportable: boolean
  releasePolicy: { text: string; immutable: boolean } | null
  tags: Record<string, string>
}

export interface UpdateVersionInput {
  name: string
  version: string
  enabled?: boolean
  keyOps?: KeyOperation[]
  tags?: Record<string, string>
}

export interface ReleaseKeyInput {
  name: string
  version: string
  /** The attestation token, as it was issued. */
  target: string
  algorithm: ReleaseAlgorithm
  nonce: string | null
  /** A UUID, sent as `x-ms-client-request-id`: by it the vault's log may tell this call from others. */
  callId: string
}

export interface SetReleasePolicyInput {
  name: string
  text: string
  /** True can never be taken back. */
  immutable: boolean
}
