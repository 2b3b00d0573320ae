import type { Environment } from '../environment'
import type { AuthorityTrace } from '../evaluate-policy'
import type { Scalar } from '../policy'
import type { AnswerVerdicts } from '../release-answer'
import type { ReleaseVerdict } from '../release-verdict'

/** What a row of the history came to when it was evaluated again. */
export interface EvaluationMark {
  verdict: ReleaseVerdict
  /** Whose word the token is: our own act's, or somebody's who supplied it. */
  source: 'own' | 'supplied'
  /** Where the policy changed between two instants, and at which is not known. */
  changed: { from: string; to: string } | null
  /** By its token; null: it was evaluated when nobody asked for it, and will be again. */
  environment: KnownEnvironment | null
}

/** `sha256` tells it from every other. */
export interface KnownEnvironment extends Environment {
  sha256: string
}

/** By whom and how a row got its token. */
export type EvidenceView =
  | { source: 'own'; operationId: string; at: string }
  | { source: 'supplied'; byName: string; at: string }

/** A token as evidence: what it says of itself, and of the claims only those that the policy asks for. */
export interface TokenFacts {
  sha256: string
  issuer: string
  algorithm: string
  /** ISO 8601 in UTC; null where the token doesn't say. */
  issuedAt: string | null
  expiresAt: string | null
  environment: KnownEnvironment
}

/** One evaluation with everything that explains it. */
export interface EvaluationDetail extends EvaluationMark {
  expected: 'allow' | 'deny' | null
  evidence: EvidenceView
  /** Earlier ones that count no more, newest first. */
  earlier: readonly EvidenceView[]
  token: TokenFacts
  policy: PolicyApplied | null
}

/** The policy of that instant and what it makes of the token. */
export interface PolicyApplied {
  text: string
  sha256: string | null
  /** Between these it was seen to be this one. */
  seenFrom: string
  seenTo: string
  /** null: the policy can't be read, so that it lets nobody in. */
  trace: readonly AuthorityTrace[] | null
  /** What the token says to the claims that the trace names, where it says a plain value. */
  actual: Readonly<Record<string, Scalar>>
}

/** A release that was made here, with everything that is known of its end. */
export interface MadeRelease {
  operationId: string
  connectionId: string
  vaultName: string
  keyName: string
  keyVersion: string
  byName: string
  reason: string
  algorithm: string
  nonce: string | null
  status: 'pending' | 'succeeded' | 'failed' | 'indeterminate'
  /** released | denied | other; null while it is not known. */
  end: 'released' | 'denied' | 'other' | null
  agreement: ReleaseVerdict | null
  expected: 'allow' | 'deny'
  /** Why nothing was released, in a sentence. */
  refusal: string | null
  vaultRequestId: string | null
  startedAt: string
  finishedAt: string | null
  token: TokenFacts
  policy: PolicyApplied | null
  answer: MadeAnswer | null
  /** The row of the history that tells of it, once the vault's log was read. */
  record: string | null
}

export interface MadeAnswer {
  verdicts: AnswerVerdicts
  length: number
  sha256: string
  signedBy: string | null
  wrapped: { length: number; sha256: string; forKey: string; algorithm: string } | null
}
