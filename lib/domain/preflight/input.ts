import type { NormalisationChange, ParsedTransferBlob } from '@/lib/crypto'
import type { ConnectionKind } from '../connections/kind'
import type { VaultTier } from '../imports/protection'
import type { TargetFacts } from '../imports/views'
import type { KeyFamily, KeyType } from '../keys/key-type'
import type { PreflightWay } from './report'

/** The chosen file, as `readTransferFile` tells it. No bytes of it go further than its parsed blob. */
export interface TransferFile {
  parsed: ParsedTransferBlob
  /** Bytes in the file. */
  length: number
  /** Of the file as chosen, 64 lower-case hexadecimal digits. */
  sha256: string
  /** Of what would be sent: another value only if the file was normalised; null if there is nothing to send. */
  sentSha256: string | null
  changes: NormalisationChange[]
}

export interface PreflightVault {
  /** Origin. */
  url: string
  kind: ConnectionKind
  /** Null or left out when not known: a Key Vault's data plane does not tell it. */
  tier?: VaultTier | null
}

/** What is wanted so far: a wizard's later steps are left out until the officer has answered them. */
export interface PreflightTarget {
  name?: string
  kty?: KeyType
  sizeOrCurve?: string
  keyOps?: readonly string[]
  /** ISO 8601; null: the officer wants none. */
  notBefore?: string | null
  expiresAt?: string | null
  exportable?: boolean
  releasePolicy?: { text: string; immutable: boolean } | null
  /** The officer's own; Drawbridge's four come on top. */
  tags?: Readonly<Record<string, string>>
}

export interface PreflightCaller {
  importPermission: 'seen-working' | 'refused' | 'not-known'
  /** Approvers other than the officer who imports. */
  otherApprovers: number
  /** How many of them the vault asks for. */
  approvalsRequired: number
  vaultAnswers: boolean
  /** The vault's clock minus ours; null when the vault told no time. */
  clockSkewMs?: number | null
}

/** The key that goes in the clear, as its reader found it: public facts alone. */
export interface PreflightKey {
  family: KeyFamily
  sizeOrCurve: string
}

/** Everything preflight may know. What is missing leaves its rows pending; nothing is assumed. */
export interface PreflightInput {
  /** Left out: a transfer blob. The way over TLS has no file and no KEK. */
  way?: PreflightWay
  /** For the way over TLS. */
  key?: PreflightKey
  file?: TransferFile
  vault?: PreflightVault
  /** Facts about the KEK of `kekKid`, from the vault. */
  kek?: TargetFacts['kek']
  /** The selected KEK: the blob must name this one, since the facts are this one's. Null: none is selected yet. */
  kekKid: string | null
  /** Recorded when the KEK's public key was downloaded; null: it never was, from here. */
  recordedKekSpkiSha256?: string | null
  target?: PreflightTarget
  nameState?: TargetFacts['nameState']
  /** The key's name as typed to confirm a new version of an existing key. */
  typedName?: string | null
  caller?: PreflightCaller
  /** The installation's own rule, if it has one. */
  maximumValidityDays?: number
  now: Date
}
