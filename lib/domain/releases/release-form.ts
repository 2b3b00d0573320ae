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
