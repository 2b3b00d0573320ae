import {
  type DecodedToken,
  decodeAttestationToken,
  maxTokenLength,
} from '@/lib/domain/releases/decode-attestation-token'
import { isJsonObject, type JsonObject, memberOf } from '@/lib/domain/releases/json-object'
import { readPlainJson } from '@/lib/domain/releases/read-plain-json'
import { TOKEN_PROBLEM_WORDS, type TokenProblemCode } from '@/lib/domain/releases/token-problem'
import { err, ok, type Result } from '@/lib/domain/result'

/** What stands in for an environment: a token as it was issued, or claims that the officer wrote. */
export type LabReading = { issuer: string; claims: JsonObject; signed: DecodedToken | null }

export type LabTokenProblem = TokenProblemCode | 'claims-not-json'

const CLAIMS_NOT_JSON = 'These claims are not JSON. They are one object, as a token’s payload.'

export const labTokenWords = (code: LabTokenProblem): string =>
  code === 'claims-not-json' ? CLAIMS_NOT_JSON : TOKEN_PROBLEM_WORDS[code]

/** A token, or where the text begins like an object, its claims. */
export function readLabToken(text: string): Result<LabReading, LabTokenProblem> {
  if (text.trimStart().startsWith('{')) return readClaims(text)
  const token = decodeAttestationToken(text)
  return token.ok ? ok({ issuer: token.value.issuer, claims: token.value.claims, signed: token.value }) : token
}

function readClaims(text: string): Result<LabReading, LabTokenProblem> {
  if (text.length > maxTokenLength) return err('too-large')
  const read = readPlainJson(text)
  if (!read.ok) return err(read.error.code === 'not-json' ? 'claims-not-json' : read.error.code)
  if (!isJsonObject(read.value)) return err('not-an-object')
  const issuer = memberOf(read.value, 'iss')
  if (typeof issuer !== 'string' || issuer === '') return err('no-issuer')
  return ok({ issuer, claims: read.value, signed: null })
}

/** What was pasted, as single tokens: one a line, or one that was wrapped, or one object of claims. */
export function splitPasted(text: string): string[] {
  const whole = text.trim()
  if (whole === '') return []
  if (whole.startsWith('{')) return [whole]
  const pieces = whole.split(/\s+/)
  // None of them is a token by itself; all of them together are one.
  const isWrapped = !pieces.some(hasThreeParts) && hasThreeParts(whole)
  return isWrapped ? [pieces.join('')] : pieces
}

const hasThreeParts = (text: string) => text.split('.').length === 3

/** The claims to be changed by hand, as text. */
export const claimsText = (claims: JsonObject): string => JSON.stringify(claims, null, 2)
