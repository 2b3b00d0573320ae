import 'server-only'
import type { DecodedToken } from '@/lib/domain/releases/decode-attestation-token'
import { actOf } from '@/lib/domain/releases/history/operation-names'
import type { LogRecordView } from '@/lib/domain/releases/history/views'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../../audit/append-event'
import type { Actor, Context, ServiceError } from '../../context'
import { inTransaction } from '../../db/transaction'
import { permit } from '../../permit'
import { getLogRecord } from '../list-releases'
import { evaluateOne } from './evaluate-releases'
import { keepToken } from './keep-token'
import { readEvidenceToken } from './read-evidence-token'
import { isAfter, isBefore } from './token-times'

export interface CompleteReleaseInput {
  /** Of the log's record. */
  digest: string
  token: string
}

/**
 * Somebody supplies the token of a release that was made past Drawbridge. It is kept with who gave it and when, and the
 * row is evaluated by it. Nothing in a vault's log ties a token to a call, so what can't belong to it is refused, and the
 * rest is that person's word.
 */
export async function completeRelease(
  ctx: Context,
  actor: Actor,
  input: CompleteReleaseInput,
): Promise<Result<void, ServiceError>> {
  const permitted = permit(actor, 'releases.complete')
  if (!permitted.ok) return permitted
  const token = readEvidenceToken(input.token)
  if (!token.ok) return err({ code: 'invalid-input', fields: { token: token.error } })
  const record = await getLogRecord(ctx, actor, input.digest)
  if (!record || actOf(record.operation) !== 'release') return err({ code: 'not-found' })
  const foreign = foreignBecause(token.value, record)
  if (foreign) return err({ code: 'token-not-of-this', message: foreign, fields: { token: foreign } })
  const kept = await keep(ctx, actor, record, input.token)
  if (!kept.ok) return kept
  await evaluateOne(ctx, kept.value)
  return ok(undefined)
}

/** Why a token can't be the one that a call was made with, in a sentence; undefined where it can. */
function foreignBecause({ times }: DecodedToken, { at, decision }: LogRecordView): string | undefined {
  const then = new Date(at)
  if (isBefore(times, then))
    return 'This token was issued, or begins to hold, after the release: it can not be its token.'
  return decision === 'allowed' && isAfter(times, then)
    ? 'This token had expired when the key was released: a vault releases to none that has. It can not be its token.'
    : undefined
}

function keep(ctx: Context, actor: Actor, record: LogRecordView, text: string) {
  const { digest, connectionId, connectionName, keyName, keyVersion } = record
  const at = ctx.clock()
  return inTransaction(ctx.db, async (tx) => {
    // Two at once: one after the other. A round that finds just now that the release is our own need not wait: its token counts.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`evidence:${digest}`}, 0))::text`
    const own = await tx.releaseEvidence.findFirst({ where: { digest, operationId: { not: null } } })
    if (own) return err<ServiceError>(MADE_HERE)
    const tokenSha256 = await keepToken(tx, text, at)
    const same = await tx.releaseEvidence.findFirst({ where: { digest }, orderBy: { at: 'desc' } })
    if (same?.tokenSha256 === tokenSha256) return err<ServiceError>(GIVEN_ALREADY)
    const evidence = await tx.releaseEvidence.create({
      data: { id: ctx.newId(), digest, tokenSha256, suppliedById: actor.personId, at },
    })
    await appendEvent(tx, {
      ...{ type: 'releases.completed' as const, phase: 'noted' as const, at, actor, keyVersion },
      ...(keyName ? { keyName } : {}),
      ...(connectionId ? { connection: { id: connectionId, name: connectionName ?? record.vault } } : {}),
      details: { record: digest, tokenSha256 },
    })
    return ok(evidence)
  })
}

const MADE_HERE: ServiceError = {
  code: 'already-so',
  message: 'This release was made here, and its token is the one that it was asked for with.',
}
const GIVEN_ALREADY: ServiceError = {
  code: 'already-so',
  message: 'This very token has been supplied already.',
}
