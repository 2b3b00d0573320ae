import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { DecideInput } from '@/lib/domain/reviews/views'
import { ProviderError } from '@/lib/providers/port'
import { appendEvent } from '../audit/append-event'
import { mayHaveHappened, vaultProblem } from '../connections/vault-problem'
import type { Actor, Context, ServiceError } from '../context'
import type { Operation } from '../db/generated/client'
import { beginOperation } from '../operations/begin-operation'
import { providerInTime } from '../operations/provider-in-time'
import { expectDecider, takeDecision } from './approval'
import type { DecideOutput } from './approve-import'
import { checkReason } from './check-reason'
import { inAct } from './in-act'
import { leaveToReconciler } from './leave-to-reconciler'
import { type LoadedImport, loadDecidable } from './load-import'
import { settleNotRejected, settleRejected } from './settle-reject'
import { claimImport, stepImport } from './step-import'

/** What a rejecter gives: the approver's form without a value to compare. */
export type RejectInput = Omit<DecideInput, 'expected'>

/** Rejects an import: the exact version stays disabled and says so in its tag. */
export async function rejectImport(
  ctx: Context,
  actor: Actor,
  input: RejectInput,
): Promise<Result<DecideOutput, ServiceError>> {
  const decidable = await loadDecidable(ctx, actor, input)
  if (!decidable.ok) return decidable
  const reason = checkReason(input.reason)
  if (!reason.ok) return reason
  const loaded = decidable.value
  const tags = await readTags(ctx, loaded)
  if (!tags.ok) return tags
  const begun = await begin(ctx, actor, loaded, reason.value)
  if (!begun.ok) return begun
  return markRejected(ctx, { actor, loaded, operation: begun.value, tags: tags.value })
}

/** A PATCH replaces all tags, so they are read just before. null: the vault holds the version no more. */
async function readTags(
  ctx: Context,
  { row, connection, version }: LoadedImport,
): Promise<Result<Record<string, string> | null, ServiceError>> {
  try {
    return ok((await ctx.provider(connection).getKey(row.keyName, version)).value.tags)
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'key-not-found') return ok(null)
    return err(vaultProblem(error))
  }
}

/** Transaction 1: the decision, the intent and status `rejecting`. */
async function begin(
  ctx: Context,
  actor: Actor,
  loaded: LoadedImport,
  reason: string,
): Promise<Result<Operation, ServiceError>> {
  const { row, connection, version } = loaded
  const frozenSha256 = row.frozenSha256
  if (frozenSha256 === null) return err({ code: 'not-waiting' })
  return inAct(ctx, async (tx) => {
    if (!(await claimImport(tx, row))) return err({ code: 'not-waiting' })
    const decided = { importId: row.id, importerId: row.importerId }
    const deciding = { actor, decided, connectionId: connection.id, askedAt: row.submittedAt }
    const allowed = await expectDecider(tx, deciding)
    if (!allowed.ok) return allowed
    const about = { connection, keyName: row.keyName, keyVersion: version, importId: row.id }
    const operation = await beginOperation(ctx, tx, {
      ...about,
      id: ctx.newId(),
      kind: 'reject_key',
      actor,
      facts: { reference: row.reference, frozenSha256 },
    })
    await takeDecision(ctx, tx, { actor, decided, decision: 'reject', reason, frozenSha256, last: true })
    await stepImport(tx, { id: row.id, from: 'awaiting_review', to: 'rejecting', revision: row.revision })
    await appendEvent(tx, {
      ...about,
      type: 'review.rejected',
      phase: 'noted',
      at: ctx.clock(),
      actor,
      operationId: operation.id,
      details: { reason, frozenSha256 },
    })
    return ok(operation)
  })
}

interface RejectAct {
  actor: Actor
  loaded: LoadedImport
  operation: Operation
  tags: Record<string, string> | null
}

async function markRejected(ctx: Context, act: RejectAct): Promise<Result<DecideOutput, ServiceError>> {
  const { loaded, operation, actor } = act
  const operationId = operation.id
  const settling = { operationId, loaded, actor }
  if (act.tags !== null) {
    try {
      await providerInTime(ctx, loaded.connection, operation).updateVersion({
        name: loaded.row.keyName,
        version: loaded.version,
        enabled: false,
        tags: { ...act.tags, requires_review: 'rejected' },
      })
    } catch (error) {
      if (mayHaveHappened(error)) {
        await leaveToReconciler(ctx, { operationId, connection: loaded.connection, actor })
        return err({ code: 'outcome-unknown' })
      }
      const problem = vaultProblem(error)
      await settleNotRejected(ctx, settling, problem.code)
      return err(problem)
    }
  }
  await settleRejected(ctx, settling)
  return ok({ status: 'rejected' })
}
