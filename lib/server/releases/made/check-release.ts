import 'server-only'
import type { DecodedToken } from '@/lib/domain/releases/decode-attestation-token'
import { describeObstacle } from '@/lib/domain/releases/describe-obstacle'
import { evaluatePolicy } from '@/lib/domain/releases/evaluate-policy'
import { findWrappingKey, type WrappingKey } from '@/lib/domain/releases/find-wrapping-key'
import { cleanText } from '@/lib/domain/releases/history/clean-text'
import { obstaclesOf } from '@/lib/domain/releases/obstacles'
import { parseReleasePolicy } from '@/lib/domain/releases/parse-policy'
import type { PerformReleaseInput } from '@/lib/domain/releases/release-form'
import { err, ok, type Result } from '@/lib/domain/result'
import type { VaultKey } from '@/lib/providers/port'
import { vaultProblem } from '../../connections/vault-problem'
import type { Actor, ConnectionRow, Context, ServiceError } from '../../context'
import { recordVersion } from '../../inventory/record-version'
import { findConnection } from '../../operations/connection-of'
import { permit } from '../../permit'
import { checkReason } from '../../reviews/check-reason'
import { tokenDigest } from '../evaluation/keep-token'
import { readEvidenceToken } from '../evaluation/read-evidence-token'
import type { ReleaseParams } from './release-params'
import { whyNotReleasable } from './why-not-releasable'

export interface CheckedRelease {
  connection: ConnectionRow
  key: VaultKey
  policy: string
  token: DecodedToken
  text: string
  wrapping: WrappingKey
  params: ReleaseParams
}

/** All that can be refused before the vault is asked to release anything. The key is read afresh, and its policy noted. */
export async function checkRelease(
  ctx: Context,
  actor: Actor,
  input: PerformReleaseInput,
): Promise<Result<CheckedRelease, ServiceError>> {
  const permitted = permit(actor, 'releases.perform')
  if (!permitted.ok) return permitted
  const reason = checkReason(input.reason)
  if (!reason.ok) return reason
  const read = readToken(input.token)
  if (!read.ok) return read
  const connection = await findConnection(ctx.db, input.connectionId)
  if (!connection) return err({ code: 'not-found' })
  const key = await readReleasable(ctx, connection, input)
  if (!key.ok) return key
  const { text: policy, sha256: policySha256 } = key.value.policy
  if (policySha256 !== input.policySha256) return err(POLICY_CHANGED)
  const { token, wrapping } = read.value
  const params = {
    reason: reason.value,
    tokenSha256: tokenDigest(input.token),
    issuer: cleanText(token.issuer) ?? '',
    algorithm: input.algorithm,
    nonce: input.nonce,
    policySha256,
    ...expectationOf(policy, token),
  }
  return ok({ connection, key: key.value.key, policy, token, text: input.token.trim(), wrapping, params })
}

const POLICY_CHANGED: ServiceError = {
  code: 'conflict',
  message:
    'The release policy has changed since this page was opened. Nothing was sent: reload, and look at the dry run under the new policy.',
}

function readToken(text: string): Result<{ token: DecodedToken; wrapping: WrappingKey }, ServiceError> {
  const wrong = (token: string) => err<ServiceError>({ code: 'invalid-input', fields: { token } })
  const token = readEvidenceToken(text)
  if (!token.ok) return wrong(token.error)
  const wrapping = findWrappingKey(token.value.claims)
  return wrapping ? ok({ token: token.value, wrapping }) : wrong(NO_WRAPPING_KEY)
}

const NO_WRAPPING_KEY =
  'The token holds no key that a released one could be wrapped for: an RSA key with a kid, marked for encryption, in x-ms-runtime.keys.'

type Releasable = { key: VaultKey; policy: NonNullable<VaultKey['releasePolicy']> }

async function readReleasable(
  ctx: Context,
  connection: ConnectionRow,
  { name, version }: PerformReleaseInput,
): Promise<Result<Releasable, ServiceError>> {
  let key: VaultKey
  try {
    key = (await ctx.provider(connection).getKey(name, version)).value
  } catch (error) {
    return err(vaultProblem(error))
  }
  await recordVersion(ctx, { connection, key })
  const closed = await whyNotReleasable(ctx, connection, key)
  if (closed) return err(closed)
  const policy = key.releasePolicy
  if (!policy) throw new Error('what can be released has a policy')
  return ok({ key, policy })
}

function expectationOf(policy: string, { issuer, claims }: DecodedToken): Pick<ReleaseParams, 'expected' | 'notMet'> {
  const read = parseReleasePolicy(policy)
  if (!read.ok) return { expected: 'deny', notMet: 'the policy can not be read' }
  const { decision, trace } = evaluatePolicy(read.value, { issuer, claims })
  const notMet = obstaclesOf(trace).map(describeObstacle).join('; ')
  return { expected: decision, notMet: cleanText(notMet, 2_000) ?? '' }
}
