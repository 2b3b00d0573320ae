import type { ConnectionKind, Environment } from '../connections/kind'
import type { Capability } from '../connections/vault-operation'
import type { ImportStatus } from './status'
import type { ImportTarget } from './target'

/** What the wizard needs before the first question. */
export interface WizardChoices {
  vaults: WizardVault[]
  draft: DraftView | null
}

export interface WizardVault {
  connectionId: string
  name: string
  url: string
  kind: ConnectionKind
  environment: Environment
  state: 'answering' | 'not_answering' | 'not_activated' | 'not_known'
  clockSkewMs: number | null
  importCapability: Capability
  /** Officers who could decide an import here, other than the one who is importing. */
  otherApprovers: number
  /** How many of them this vault asks for. */
  approvalsRequired: number
  keks: WizardKek[]
}

export interface WizardKek {
  id: string
  name: string
  kid: string
  bits: number
  spkiSha256: string
  keyOps: string[]
  enabled: boolean
  notBefore: string | null
  expiresAt: string | null
}

export interface DraftView {
  id: string
  connectionId: string | null
  kekKid: string | null
  fileName: string | null
  fileSha256: string | null
  fileLength: number | null
  /** Partial form answers as the wizard keeps them: plain JSON, no key bytes. */
  answers: Record<string, unknown>
  updatedAt: string
}

/** Facts about the name and the KEK, fetched afresh when the target's page is left. */
export interface TargetFacts {
  nameState:
    | { state: 'free' }
    | { state: 'in_use'; versions: number; latestEnabled: boolean }
    | { state: 'soft_deleted'; scheduledPurgeAt: string | null; recoveryLevel: string | null }
    | { state: 'not_known'; because: string }
  kek:
    | {
        state: 'read'
        kty: string
        keyOps: string[]
        enabled: boolean
        notBefore: string | null
        expiresAt: string | null
        bits: number
        spkiSha256: string
      }
    | { state: 'missing' }
    | { state: 'not_known'; because: string }
}

export interface SubmitImportInput {
  draftId: string | null
  connectionId: string
  kekKid: string
  fileName: string
  /** The file as the officer chose it. */
  file: Uint8Array
  /** When the officer accepted the offer to normalise, the SHA-256 of the bytes shown to them; else null. */
  acceptedNormalisedSha256: string | null
  target: ImportTarget
  /** The key's name, typed, when it exists already. */
  typedName: string | null
  acknowledgedWarnings: string[]
  /** What the officer expects, when known: compared at read-back. Lower-case hex SPKI SHA-256. */
  expectedPublicKeySha256: string | null
}

/** A submission as a batch names it: the file by its digest. Its own digest is that of the submission itself. */
export type PreparedImport = Omit<SubmitImportInput, 'file'> & { file: { bytes: number; sha256: string } }

/** Until when each of them may be submitted without another proof. ISO 8601. */
export interface PreparedBatch {
  expiresAt: string
}

/** How many files one confirmation may stand for: more nobody reads before confirming. */
export const BATCH_AT_MOST = 20

export interface SubmitImportOutput {
  importId: string
  reference: string
  status: ImportStatus
}

export interface ImportView {
  id: string
  reference: string
  status: ImportStatus
  importerName: string
  importerId: string
  connectionId: string
  vaultName: string
  vaultUrl: string
  environment: Environment
  keyName: string
  kid: string | null
  kekKid: string
  kekSpkiSha256: string
  fileName: string
  fileSha256: string
  fileLength: number
  sentSha256: string
  generator: string | null
  target: ImportTarget
  submittedAt: string
  arrivedAt: string | null
  decidedAt: string | null
  failureCode: string | null
  failureWords: string | null
  /** Who may decide it now, by name. */
  deciders: string[]
  createdName: boolean
}

/** F13: one record per import. Saved as JSON and as a printable page. */
export interface CeremonyRecord {
  schema: 'drawbridge/ceremony-record/1'
  reference: string
  importId: string
  participants: {
    role: 'importer' | 'approver' | 'rejecter'
    name: string
    issuer: string
    subject: string
    at: string
  }[]
  tool: { generator: string | null; console: string }
  file: { name: string; sha256: string; bytes: number; sentSha256: string; normalised: string[] }
  kek: { kid: string; spkiSha256: string }
  vault: { name: string; url: string }
  key: {
    name: string
    kid: string | null
    kty: string
    sizeOrCurve: string
    operations: string[]
    notBefore: string | null
    expiresAt: string | null
    exportable: boolean
    publicKeySha256: string | null
    jwkThumbprint: string | null
    keyCheckValue: string | null
    hsmPlatform: string | null
    /** While undecided: a review compares blind, so the vault's own values are left out of the record. */
    valuesWithheld: boolean
  }
  preflight: { id: string; verdict: string; fact: string }[]
  vaultAnswers: { what: string; requestId: string | null; at: string }[]
  comparison: { by: string; value: string; outcome: 'equal' | 'different' | 'not compared' }
  decision: {
    decision: 'enabled' | 'rejected' | 'substituted' | 'failed' | 'undecided'
    reason: string | null
    at: string | null
    windowMs: number | null
  }
  times: { submitted: string; arrived: string | null; decided: string | null }
  deviations: string[]
}
