import { decodeAttestationToken, maxTokenLength } from '@/lib/domain/releases/decode-attestation-token'
import { isJsonObject, type JsonObject, memberOf } from '@/lib/domain/releases/json-object'
import { readPlainJson } from '@/lib/domain/releases/read-plain-json'
import { TOKEN_PROBLEM_WORDS } from '@/lib/domain/releases/token-problem'
import { err, ok, type Result } from '@/lib/domain/result'

/** What a test keeps of a token. */
export interface TestToken {
  issuer: string
  claims: JsonObject
}

/** A pasted token, or where the text begins like an object, its claims; else the sentence that says what is wrong. */
export function readTestToken(text: string): Result<TestToken, string> {
  if (text.trimStart().startsWith('{')) return readClaims(text)
  const token = decodeAttestationToken(text)
  if (!token.ok) return err(TOKEN_PROBLEM_WORDS[token.error])
  const { issuer, claims } = token.value
  return ok({ issuer, claims })
}

function readClaims(text: string): Result<TestToken, string> {
  if (text.length > maxTokenLength) return err(TOKEN_PROBLEM_WORDS['too-large'])
  const read = readPlainJson(text)
  if (!read.ok || !isJsonObject(read.value))
    return err('These claims are not JSON. They are one object, as a token’s payload.')
  const issuer = memberOf(read.value, 'iss')
  return typeof issuer === 'string' && issuer !== ''
    ? ok({ issuer, claims: read.value })
    : err(TOKEN_PROBLEM_WORDS['no-issuer'])
}
