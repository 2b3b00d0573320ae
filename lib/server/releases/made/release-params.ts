import 'server-only'
import { z } from 'zod'
import { RELEASE_ALGORITHMS } from '@/lib/domain/releases/release-algorithm'

/** What the intent of a release says of itself. It stands in the audit log too. */
export const releaseParamsSchema = z.object({
  reason: z.string(),
  /** Of the attestation token's text: the token itself is kept beside, once. */
  tokenSha256: z.string(),
  issuer: z.string(),
  algorithm: z.enum(RELEASE_ALGORITHMS),
  nonce: z.string().nullable(),
  policySha256: z.string(),
  /** What the policy says to this token, by our own evaluation, before the vault is asked. */
  expected: z.enum(['allow', 'deny']),
  /** The conditions that are not met, by their places in the policy; empty where it says allow. */
  notMet: z.string(),
})
export type ReleaseParams = z.infer<typeof releaseParamsSchema>

const verdict = z.enum(['holds', 'fails', 'not-known']).optional()

/** How it ended, in the same flat words: facts are public and one level deep. */
export const releaseOutcomeSchema = z.object({
  /** released | denied | other */
  end: z.enum(['released', 'denied', 'other']).optional(),
  agreement: z.enum(['agrees', 'diverges', 'policy-not-known', 'not-by-policy']).optional(),
  /** The vault port's code of a refusal. */
  refusal: z.string().optional(),
  skrNumber: z.string().optional(),
  vaultRequestId: z.string().optional(),
  answerLength: z.number().optional(),
  answerSha256: z.string().optional(),
  signedBy: z.string().nullish(),
  wrappedLength: z.number().optional(),
  wrappedSha256: z.string().optional(),
  wrappedFor: z.string().optional(),
  wrappedBy: z.string().optional(),
  signature: verdict,
  chain: verdict,
  times: verdict,
  host: verdict,
  root: verdict,
  request: verdict,
  nonce: verdict,
  wrapped: verdict,
  /** The log's record that told it, where no answer did. */
  toldByRecord: z.string().optional(),
})
export type ReleaseOutcome = z.infer<typeof releaseOutcomeSchema>
