import 'server-only'
import { constants, createHash, verify, type X509Certificate } from 'node:crypto'
import type { ConnectionKind } from '@/lib/domain/connections/kind'
import type { WrappingKey } from '@/lib/domain/releases/find-wrapping-key'
import { cleanText } from '@/lib/domain/releases/history/clean-text'
import type { ReleaseAlgorithm } from '@/lib/domain/releases/release-algorithm'
import type { AnswerFacts, CheckVerdict } from '@/lib/domain/releases/release-answer'
import { type ReadAnswer, readAnswer } from './read-answer'
import { chainVerdict, commonName, hostVerdict, rootVerdict, timesVerdict } from './verify-chain'

/** What was asked for, and of whom. */
export interface AskedRelease {
  vault: { url: string; kind: ConnectionKind }
  name: string
  version: string
  algorithm: ReleaseAlgorithm
  nonce: string | null
  /** The key in the token; null where it holds none. */
  wrapping: WrappingKey | null
  now: Date
}

/**
 * Verifies a vault's answer to a release. What was released is ciphertext for the token's key: it is measured, digested and
 * let go of, never opened and never kept. Its digest lets its receiver show later that it was this very answer.
 */
export function verifyAnswer(text: string, asked: AskedRelease): AnswerFacts {
  const read = readAnswer(text)
  const facts = { length: text.length, sha256: sha256(text) }
  if (!read) return { ...facts, verdicts: { signature: 'fails' }, signedBy: null, wrapped: null }
  const { chain, wrapped } = read
  const [leaf] = chain
  return {
    ...facts,
    verdicts: {
      signature: signatureVerdict(read, leaf),
      chain: chainVerdict(chain),
      times: timesVerdict(chain, asked.now),
      host: hostVerdict(leaf, asked.vault.url, asked.vault.kind),
      root: rootVerdict(chain),
      request: requestVerdict(read, asked),
      ...(asked.nonce === null ? {} : { nonce: nonceVerdict(read, asked.nonce) }),
      wrapped: wrappedVerdict(read, asked),
    },
    signedBy: leaf ? cleanText(commonName(leaf), 200) : null,
    wrapped: wrapped && {
      length: wrapped.bytes.length,
      sha256: sha256(wrapped.bytes),
      forKey: cleanText(wrapped.header.kid, 200) ?? '',
      algorithm: cleanText(wrapped.header.enc, 100) ?? '',
    },
  }
}

/** RS256 by an RSA key of 2048 bits and more: the one algorithm that answers were seen with. The header's word is not enough. */
function signatureVerdict({ algorithm, signed, signature }: ReadAnswer, leaf?: X509Certificate): CheckVerdict {
  const key = leaf?.publicKey
  const isStrong = key?.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048
  if (!key || algorithm !== 'RS256' || !isStrong) return 'fails'
  return verify('sha256', signed, { key, padding: constants.RSA_PKCS1_PADDING }, signature) ? 'holds' : 'fails'
}

function requestVerdict({ payload }: ReadAnswer, asked: AskedRelease): CheckVerdict {
  if (!payload) return 'not-known'
  const { request, response } = payload
  const same = isKid(request.kid, asked) && isKid(response.key.key.kid, asked) && request.enc === asked.algorithm
  return same ? 'holds' : 'fails'
}

/** The origin may be another of the vault's own names; key and version are what counts. */
function isKid(kid: string, { name, version }: AskedRelease): boolean {
  if (!URL.canParse(kid)) return false
  return new URL(kid).pathname.toLowerCase() === `/keys/${name}/${version}`.toLowerCase()
}

function nonceVerdict({ payload }: ReadAnswer, nonce: string): CheckVerdict {
  if (!payload) return 'not-known'
  return payload.request.nonce === nonce ? 'holds' : 'fails'
}

/** RSA-OAEP under the token's key is as long as its modulus; AES-KWP adds whole blocks of 8 bytes, three at least. */
function wrappedVerdict({ payload, wrapped }: ReadAnswer, { wrapping, algorithm }: AskedRelease): CheckVerdict {
  if (!payload) return 'not-known'
  if (!wrapped || !wrapping) return 'fails'
  const beyond = wrapped.bytes.length - Buffer.from(wrapping.n, 'base64url').length
  const fits = beyond >= 24 && beyond % 8 === 0
  return fits && wrapped.header.kid === wrapping.kid && wrapped.header.enc === algorithm ? 'holds' : 'fails'
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
