import 'server-only'
import { type DecodedToken, decodeAttestationToken } from '@/lib/domain/releases/decode-attestation-token'
import { isSignedByPublishedKey, NOT_BY_PUBLISHED_KEY } from '@/lib/domain/releases/signing-algorithm'
import { TOKEN_PROBLEM_WORDS } from '@/lib/domain/releases/token-problem'
import { err, ok, type Result } from '@/lib/domain/result'

/** A token as it may be taken from somebody: read within bounds, or the sentence why not. Its signature is nobody's word yet. */
export function readEvidenceToken(text: string): Result<DecodedToken, string> {
  const token = decodeAttestationToken(text)
  if (!token.ok) return err(TOKEN_PROBLEM_WORDS[token.error])
  return isSignedByPublishedKey(token.value) ? ok(token.value) : err(NOT_BY_PUBLISHED_KEY)
}
