import type { LabToken } from '@/lib/client/release-policy/lab-state'
import { type LabReading, type LabTokenProblem, labTokenWords } from '@/lib/client/release-policy/lab-token'
import type { DecodedToken } from '@/lib/domain/releases/decode-attestation-token'
import type { PolicyTest } from '@/lib/domain/releases/policy-tests'
import type { Result } from '@/lib/domain/result'

/** A token of the lab with what can be read of it. */
export type ReadToken = LabToken & { read: Result<LabReading, LabTokenProblem> }

/** As it is stored with a policy; null while the token can't be read. */
export const asTest = ({ name, expected, read }: ReadToken): PolicyTest | null =>
  read.ok ? { name, issuer: read.value.issuer, claims: read.value.claims, expected } : null

/** As it was signed; null of claims that were written by hand, and of what can't be read. */
export const signedOf = ({ read }: ReadToken): DecodedToken | null => (read.ok ? read.value.signed : null)

export const problemOf = ({ read }: ReadToken): string | null => (read.ok ? null : labTokenWords(read.error))
