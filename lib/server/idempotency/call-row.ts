import 'server-only'
import type { ActionResult } from '@/lib/domain/actions/action-result'
import type { Context } from '../context'
import type { Idempotency, Prisma } from '../db/generated/client'
import { unlessSilent } from '../doors/audit-unavailable'
import { logFailure } from '../doors/log-failure'

export interface IdempotentCall {
  personId: string
  action: string
  key: string
  paramsSha256: string
}

type Needs = Pick<Context, 'db' | 'clock'>

const idOf = ({ personId, action, key }: IdempotentCall) => ({ personId, action, key })

/** As an intent keeps it: with its actor, the row's own key. */
export const callKeyOf = ({ action, key }: Pick<IdempotentCall, 'action' | 'key'>) => `${action} ${key}`

/** True for exactly one of any number of equal calls: the INSERT decides. */
export async function claimCall(ctx: Needs, call: IdempotentCall): Promise<boolean> {
  const { count } = await ctx.db.idempotency.createMany({
    data: [{ ...idOf(call), paramsSha256: call.paramsSha256, status: 'running', startedAt: ctx.clock() }],
    skipDuplicates: true,
  })
  return count === 1
}

export function readCall(ctx: Needs, call: IdempotentCall): Promise<Idempotency | null> {
  return ctx.db.idempotency.findUnique({ where: { personId_action_key: idOf(call) } })
}

/** The act is over whether or not its answer can be kept: a failure here leaves the row `running`, which never runs again. */
export async function storeAnswer(ctx: Needs, call: IdempotentCall, answer: ActionResult<unknown>): Promise<void> {
  // Answers are plain views: what JSON keeps of them is all there is.
  const json = JSON.parse(JSON.stringify(answer)) as Prisma.InputJsonValue
  await orLog(call, () =>
    ctx.db.idempotency.updateMany({
      where: { ...idOf(call), status: 'running' },
      data: { status: 'done', answer: json, finishedAt: ctx.clock() },
    }),
  )
}

/** Nothing was sent, so the same key may try again. */
export async function releaseCall(ctx: Needs, call: IdempotentCall): Promise<void> {
  await orLog(call, () => ctx.db.idempotency.deleteMany({ where: { ...idOf(call), status: 'running' } }))
}

async function orLog(call: IdempotentCall, write: () => Promise<unknown>): Promise<void> {
  try {
    await unlessSilent(write)
  } catch (error) {
    logFailure(error, { where: `answer of ${call.action}`, requestId: call.key })
  }
}
