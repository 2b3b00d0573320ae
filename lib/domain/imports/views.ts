import type { ConnectionKind, Environment } from '../connections/kind'
import type { Capability } from '../connections/vault-operation'
import type { BlobOrigin, ImportOrigin } from './origin'
import type { VaultTier } from './protection'
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
  /** null: not known, or it has none. See `protectionsOf`. */
  tier: VaultTier | null
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
  /** SubjectPublicKeyInfo DER in base64: what the browser seals under. */
  spki: string
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
    /** The way over TLS has none. */
    | { state: 'not_asked' }
}

export interface SubmitImportInput {
  draftId: string | null
  connectionId: string
  kekKid: string
  fileName: string
  /** Whether the blob was sealed by this page from a key file, or came as it is. The blob's generator is asked too. */
  origin: BlobOrigin
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

/** A private key that the server sees on its way to the vault: in the clear, over TLS. */
export interface SubmitPrivateJwkInput {
  draftId: string | null
  connectionId: string
  /** Of the key file. Its digest is not sent: that of an unencrypted file would be made of the key. */
  fileName: string
  /**
   * `FoundKey.toPrivateJwk()` as JSON in UTF-8: no member but those of `VaultPrivateJwk`, each padded to its full length.
   * Bytes, so that they can be filled with zeros after the call.
   */
  jwk: Uint8Array
  /** `RSA` or `EC`: protected by software. `-HSM`: asks the vault to hold it in hardware. */
  target: ImportTarget
  typedName: string | null
  /** Holds `key-seen-by-server` among others. */
  acknowledgedWarnings: string[]
  /** The officer's own tick beneath the words that the server will see the key; nothing but true is taken. */
  acknowledgedServerSeesKey: true
  /** As from the record, where there is one; the key that is sent must be that one. Lower-case hex SPKI SHA-256. */
  expectedPublicKeySha256: string | null
}

/** Which key is to be sent, by what is public of it: a pair by its public half, a symmetric key by its check values. */
export type NamedKey = { spkiSha256: string } | { kcv: { ecb: string; cmac: string } }

/** The same submission before its key is sent: the proof of who asks is given for this, so that the key goes once. */
export type PreparePrivateJwkInput = Omit<SubmitPrivateJwkInput, 'jwk'> & { key: NamedKey }

/** A submission as a batch names it: the file by its digest. Its own digest is that of the submission itself. */
export type PreparedImport = Omit<SubmitImportInput, 'file'> & { file: { bytes: number; sha256: string } }

/** Until when each of them may be submitted without another proof. ISO 8601. */
export interface PreparedBatch {
  expiresAt: string
}

/** How many files one confirmation may stand for: as many as one ceremony’s manifest names. */
export const BATCH_AT_MOST = 200

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
  origin: ImportOrigin
  /** null: it came over TLS, under no KEK. */
  kek: { kid: string; spkiSha256: string } | null
  fileName: string
  /** The transfer blob; null: it came over TLS, and of the key's own file nothing is kept but its name. */
  blob: { sha256: string; bytes: number; sentSha256: string; generator: string | null } | null
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
  schema: 'drawbridge/ceremony-record/2'
  reference: string
  origin: { origin: ImportOrigin; words: string; acknowledged: boolean }
  importId: string
  participants: {
    role: 'importer' | 'approver' | 'rejecter'
    name: string
    issuer: string
    subject: string
    at: string
  }[]
  tool: { generator: string | null; console: string }
  /** Digests and length are those of the transfer blob; null: it came over TLS, and no digest of it may be kept. */
  file: { name: string; sha256: string | null; bytes: number | null; sentSha256: string | null; normalised: string[] }
  kek: { kid: string; spkiSha256: string } | null
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
