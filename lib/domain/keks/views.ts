import type { Environment } from '../connections/kind'
import type { ImportStatus } from '../imports/status'

export type KekState =
  | 'creating'
  | 'usable'
  | 'expired'
  | 'not_yet_valid'
  | 'disabled'
  | 'deleted'
  | 'failed'
  | 'not_known'

export interface KekRow {
  id: string
  connectionId: string
  vaultName: string
  environment: Environment
  name: string
  kid: string | null
  bits: number
  spkiSha256: string | null
  expiresAt: string | null
  state: KekState
  createdAt: string
  /** null: found in the vault. */
  createdByName: string | null
  openImports: number
}

/** What the start page tells of KEKs. */
export interface KekCounts {
  usable: number
  openImports: number
}

export interface KekDetail extends KekRow {
  vaultUrl: string
  version: string | null
  publicKeyPem: string | null
  /** base64url of the SPKI DER, for the QR code. */
  spkiBase64Url: string | null
  /** How the vault's administrators name it on the az command line, e.g. `--vault-name contoso`; null for a local vault. */
  azVaultArgument: string | null
  imports: KekImportRow[]
  /** Undefined: it may be retired. */
  retireBlockedBecause: string | null
}

/** Every blob that ever named this KEK. */
export interface KekImportRow {
  id: string
  reference: string
  keyName: string
  fileSha256: string
  status: ImportStatus
  submittedAt: string
  importerName: string
}

/** The offline sealer's one file, as the build made it. */
export interface SealerFacts {
  fileName: string
  bytes: number
  /** 64 lower-case hexadecimal digits. */
  sha256: string
}
