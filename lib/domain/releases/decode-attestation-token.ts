import { decodeBase64Url } from '@/lib/crypto/base64'
import type { Bytes } from '@/lib/crypto/bytes'
import { CryptoError } from '@/lib/crypto/crypto-error'
import { err, ok, type Result } from '../result'
import { isJsonObject, type JsonObject, memberOf } from './json-object'
import { readPlainJson } from './read-plain-json'
import type { TokenProblemCode, TokenRemark } from './token-problem'

/** Ours; tokens in the wild stay below 16 KiB. UTF-16 units. */
export const maxTokenLength = 128 * 1024

/** Unix seconds; null where the token doesn't say. */
export type TokenTimes = { issuedAt: number | null; notBefore: number | null; expires: number | null }

/**
 * A token's content, **verified by nobody yet**: anybody can write one. `signed` is what the signature is over (RFC 7515, 5.1).
 */
export type DecodedToken = {
  header: JsonObject
  algorithm: string
  keyId: string | null
  issuer: string
  claims: JsonObject
  times: TokenTimes
  signed: string
  signature: Bytes
}

/** Reads an attestation token (a JWT in JWS compact form) of any text: a value in every case, within bounds, believing nothing. */
export function decodeAttestationToken(text: string): Result<DecodedToken, TokenProblemCode> {
  const token = text.trim()
  if (token === '') return err('empty')
  if (token.length > maxTokenLength) return err('too-large')
  const [head = '', body = '', seal = '', ...more] = token.split('.')
  if (more.length === 2) return err('encrypted')
  if (more.length > 0 || head === '' || body === '' || seal === '') return err(unsealed(head) ?? 'not-a-token')
  const header = readPart(head)
  if (!header.ok) return header
  const problem = problemOfHeader(header.value)
  if (problem) return err(problem)
  const claims = readPart(body)
  if (!claims.ok) return claims
  const signature = decodePart(seal)
  return signature.ok ? assemble(header.value, claims.value, `${head}.${body}`, signature.value) : signature
}

/** Without a signature it is no token; but where it says so itself, that is what is wrong with it. */
function unsealed(head: string): TokenProblemCode | undefined {
  const header = readPart(head)
  return header.ok && problemOfHeader(header.value) === 'alg-none' ? 'alg-none' : undefined
}

function assemble(header: JsonObject, claims: JsonObject, signed: string, signature: Bytes) {
  const issuer = memberOf(claims, 'iss')
  if (typeof issuer !== 'string' || issuer === '') return err('no-issuer' as const)
  const times = readTimes(claims)
  if (!times) return err('times-unreadable' as const)
  const keyId = memberOf(header, 'kid')
  return ok({
    header,
    algorithm: String(memberOf(header, 'alg')),
    keyId: typeof keyId === 'string' ? keyId : null,
    issuer,
    claims,
    times,
    signed,
    signature,
  })
}

/** What a vault would hold against the token's times, at a moment in Unix seconds. */
export function remarksOn({ notBefore, expires }: TokenTimes, nowSeconds: number): TokenRemark[] {
  const early: TokenRemark[] = notBefore !== null && notBefore > nowSeconds ? ['not-yet-valid'] : []
  if (expires === null) return [...early, 'no-expiry']
  return expires <= nowSeconds ? [...early, 'expired'] : early
}

function problemOfHeader(header: JsonObject): TokenProblemCode | undefined {
  const algorithm = memberOf(header, 'alg')
  if (typeof algorithm !== 'string' || algorithm === '') return 'no-algorithm'
  if (algorithm.toLowerCase() === 'none') return 'alg-none'
  return Object.hasOwn(header, 'crit') ? 'critical-extension' : undefined
}

function readPart(part: string): Result<JsonObject, TokenProblemCode> {
  const bytes = decodePart(part)
  if (!bytes.ok) return bytes
  const text = decodeUtf8(bytes.value)
  if (text === undefined) return err('not-json')
  const read = readPlainJson(text)
  if (!read.ok) return err(read.error.code)
  return isJsonObject(read.value) ? ok(read.value) : err('not-an-object')
}

function decodePart(part: string): Result<Bytes, TokenProblemCode> {
  try {
    return ok(decodeBase64Url(part))
  } catch (cause) {
    if (cause instanceof CryptoError) return err('not-base64url')
    throw cause
  }
}

function decodeUtf8(bytes: Bytes): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // That the bytes are no text is the answer.
    return undefined
  }
}

function readTimes(claims: JsonObject): TokenTimes | undefined {
  const [issuedAt, notBefore, expires] = ['iat', 'nbf', 'exp'].map((name) => memberOf(claims, name))
  if (!isTime(issuedAt) || !isTime(notBefore) || !isTime(expires)) return undefined
  return { issuedAt: issuedAt ?? null, notBefore: notBefore ?? null, expires: expires ?? null }
}

const isTime = (value: unknown): value is number | undefined =>
  value === undefined || (typeof value === 'number' && Number.isFinite(value))
