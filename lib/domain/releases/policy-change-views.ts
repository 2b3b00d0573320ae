import type { Environment } from '../connections/kind'
import type { RequestReview } from '../reviews/views'
import type { HeldPolicy } from './policy-change'
import type { PolicyTest } from './policy-tests'

/** A policy as it was seen, from when to when. Times are ISO 8601. */
export interface SeenPolicyView {
  /** null: it was seen to have none. */
  policy: string | null
  sha256: string | null
  immutable: boolean
  contentType: string | null
  firstSeenAt: string
  lastSeenAt: string
  seenBy: 'read' | 'own-change' | 'own-import' | 'own-creation'
}

export interface StoredTestView {
  id: string
  test: PolicyTest
  addedByName: string
  addedAt: string
}

/** What the page of a key's release policy shows. */
export interface KeyPolicyView {
  connectionId: string
  vaultName: string
  vaultUrl: string
  environment: Environment
  keyName: string
  /** The latest, whose policy is shown; older ones are seen beside it. */
  version: string
  held: (HeldPolicy & { sha256: string; contentType: string | null }) | null
  /** Why the vault could not be read; the policy then is the one that was seen last. */
  readProblem: string | null
  seen: SeenPolicyView[]
  tests: StoredTestView[]
  /** A proposal that waits for its decision. */
  openRequestId: string | null
}

/** What is proposed, as the reviewer reads it. */
export interface PolicyChangeReview extends RequestReview {
  before: HeldPolicy
  after: HeldPolicy
  /** What the vault holds now, while the proposal waits; null when it could not be read. */
  now: 'as-proposed-against' | 'as-proposed' | 'another' | null
  nowProblem: string | null
  tests: StoredTestView[]
  /** Removed in the 30 days before the proposal, and by whom: a test that is gone can’t fail. */
  removedTests: { name: string; expected: 'allow' | 'deny'; removedByName: string; removedAt: string }[]
}

export interface ProposePolicyInput {
  connectionId: string
  name: string
  policyText: string
  immutable: boolean
  typedName: string
  reason: string
}

/** Of JSON, of one token that is kept with a test. */
export const MOST_CLAIMS_CHARACTERS = 100_000

export interface AddPolicyTestInput {
  connectionId: string
  keyName: string
  testName: string
  issuer: string
  /** One object, as a token's payload. */
  claimsJson: string
  expected: 'allow' | 'deny'
}
