import 'server-only'
import canonicalize from 'canonicalize'
import type { ActionResult, ProblemCode } from '@/lib/domain/actions/action-result'
import { ok, type Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { unlessSilent } from '../doors/audit-unavailable'
import { claimCall, type IdempotentCall, readCall, releaseCall, storeAnswer } from './call-row'
import { untilEnded, whileInFlight } from './in-flight'

const WAIT_AT_MOST_MS = 30_000
/** Longer than any act may take: whoever ran it is gone, and its key never runs again. */
const ABANDONED_AFTER_MS = 180_000

/** Answers before anything was begun: the same key may try again. */
const NOTHING_BEGUN: readonly ProblemCode[] = ['audit-unavailable', 'step-up-required']

type Needs = Pick<Context, 'db' | 'clock'>

interface Call<T> {
  run: () => Promise<ActionResult<T>>
  /** What the record tells of an act whose runner is gone; null while it tells no end. */
  recall: () => Promise<ActionResult<T> | null>
}

/**
 * Equal calls (person, action, key, parameters) run once and get one answer: the first inserts the row and runs, the
 * others wait for its answer. A row whose runner died never runs again: once the reconciler has given its intent an
 * outcome, that is the answer; until then, and where no intent was written, `outcome-unknown`.
 */
export async function runOnce<T>(
  ctx: Needs,
  call: IdempotentCall,
  { run, recall }: Call<T>,
): Promise<Result<ActionResult<T>, ProblemCode>> {
  const mine = await unlessSilent(() => claimCall(ctx, call))
  if (!mine) return waitForAnswer<T>(ctx, call, recall)
  return whileInFlight(call, async () => {
    const answer = await run()
    if (!answer.ok && NOTHING_BEGUN.includes(answer.problem.code)) await releaseCall(ctx, call)
    else await storeAnswer(ctx, call, answer)
    return ok(asKept(answer))
  })
}

async function waitForAnswer<T>(
  ctx: Needs,
  call: IdempotentCall,
  recall: Call<T>['recall'],
): Promise<Result<ActionResult<T>, ProblemCode>> {
  const giveUpAt = Date.now() + WAIT_AT_MOST_MS
  for (let pause = 50; ; pause = Math.min(pause * 1.5, 500)) {
    const row = await unlessSilent(() => readCall(ctx, call))
    if (row && row.paramsSha256 !== call.paramsSha256) return { ok: false, error: 'idempotency-mismatch' }
    // This very action wrote it, as an ActionResult<T>, through storeAnswer.
    if (row?.status === 'done') return ok(asKept(row.answer as ActionResult<T>))
    if (!row) return { ok: false, error: 'audit-unavailable' } // the first gave up before anything was sent
    if (ctx.clock().getTime() - row.startedAt.getTime() > ABANDONED_AFTER_MS) return fromRecord(ctx, call, recall)
    if (Date.now() > giveUpAt) return { ok: false, error: 'still-running' }
    await untilEnded(call, { here: giveUpAt - Date.now(), elsewhere: pause * (0.75 + Math.random() / 2) })
  }
}

async function fromRecord<T>(
  ctx: Needs,
  call: IdempotentCall,
  recall: Call<T>['recall'],
): Promise<Result<ActionResult<T>, ProblemCode>> {
  const answer = await unlessSilent(recall)
  if (!answer) return { ok: false, error: 'outcome-unknown' }
  await storeAnswer(ctx, call, answer)
  return ok(asKept(answer))
}

/** As JSON keeps it, members in one order: the first caller and the hundredth get the same bytes. */
function asKept<T>(answer: ActionResult<T>): ActionResult<T> {
  return JSON.parse(canonicalize(answer) ?? 'null') as ActionResult<T> // an answer is an object of plain values
}
