import 'server-only'
import { PROBLEM_CODES, type ProblemCode } from '@/lib/domain/actions/action-result'
import type { OperationKind } from '@/lib/domain/operations/operation'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Context, ServiceError } from '../context'
import { toldOfCreation } from '../created-keys/create-key'
import type { Operation } from '../db/generated/client'
import { callKeyOf, type IdempotentCall } from '../idempotency/call-row'
import { outcomeOf } from '../imports/outcome-of'
import { toldOf } from '../keks/create-kek'

type Needs = Pick<Context, 'db'>
type Told = Result<unknown, ServiceError>

/** What each act would have answered, from what its intent came to. */
const TELL: Record<OperationKind, (ctx: Needs, operation: Operation) => Told | Promise<Told>> = {
  create_kek: (_ctx, operation) => toldOf(operation.kekId ?? '', operation),
  create_key: (_ctx, operation) => toldOfCreation(operation),
  import_key: ({ db }, { importId }) => outcomeOf({ db }, importId ?? ''),
  enable_key: unlessFailed(async ({ db }, { importId }) => statusOf(await db.import.findUnique(byId(importId)))),
  reject_key: unlessFailed(async ({ db }, { importId }) => statusOf(await db.import.findUnique(byId(importId)))),
  reenable_key: unlessFailed(async ({ db }, { enableRequestId }) =>
    statusOf(await db.enableRequest.findUnique(byId(enableRequestId))),
  ),
  change_policy: unlessFailed(async ({ db }, { enableRequestId }) =>
    statusOf(await db.enableRequest.findUnique(byId(enableRequestId))),
  ),
  retire_kek: unlessFailed(() => undefined),
  disable_key: unlessFailed(() => undefined),
  mark_compromised: unlessFailed(() => undefined),
  delete_key: unlessFailed(() => undefined),
  // Every end of it has a page that tells it.
  release_key: (_ctx, { id }) => ok({ operationId: id }),
}

/**
 * The answer of a call whose runner is gone, from the record: null where it began no intent, or one that is still open.
 * Of several intents the last tells.
 */
export async function answerOnRecord(ctx: Needs, call: IdempotentCall): Promise<Told | null> {
  const begun = await ctx.db.operation.findMany({
    where: { actorId: call.personId, callKey: callKeyOf(call) },
    orderBy: { startedAt: 'asc' },
  })
  const last = begun.at(-1)
  if (!last || begun.some(({ status }) => status === 'pending' || status === 'indeterminate')) return null
  return TELL[last.kind](ctx, last)
}

function unlessFailed(output: (ctx: Needs, operation: Operation) => unknown): (typeof TELL)[OperationKind] {
  return async (ctx, operation) =>
    operation.status === 'failed' ? err({ code: problemIn(operation) }) : ok(await output(ctx, operation))
}

function problemIn({ code }: Operation): ProblemCode {
  return PROBLEM_CODES.find((known) => known === code) ?? 'outcome-unknown'
}

const byId = (id: string | null) => ({ where: { id: id ?? '' }, select: { status: true } })
const statusOf = (row: { status: string } | null) => ({ status: row?.status })
