import type { ReleaseAlgorithm } from './release-algorithm'

/** What the page that asks for a release is made of; `closed` says why nothing can be released. */
export type ReleaseFormView =
  | { state: 'closed'; vaultName: string; because: string }
  | {
      state: 'open'
      vaultName: string
      policy: { text: string; sha256: string; immutable: boolean }
      /** Read from the vault then. */
      readAt: string
    }

export interface PerformReleaseInput {
  connectionId: string
  name: string
  version: string
  /** The attestation token, as it was issued. */
  token: string
  algorithm: ReleaseAlgorithm
  nonce: string | null
  reason: string
  /** Of the policy that the dry run was made with. */
  policySha256: string
}
