import { randomUUID } from 'node:crypto'
import type { ActionResult } from '@/lib/domain/actions/action-result'
import { readSession } from '@/lib/server/auth/read-session'
import type { Actor, Context } from '@/lib/server/context'
import { performAction } from '@/lib/server/doors/perform-action'
import type { AnyAction } from './actions-from-source'

/** Where the console of these tests stands. */
export const PUBLIC_URL = 'https://console.example.test'

export interface Knocking {
  /** Whose session the request carries; null: nobody's. */
  as: Pick<Actor, 'sessionId'> | null
  input: unknown
  idempotencyKey?: string
  origin?: string | null
}

/** Sends an action through its real door: session row, permission, parameters, idempotency, service, record. */
export function knock(
  ctx: Context,
  action: AnyAction,
  { as, input, idempotencyKey = randomUUID(), origin = PUBLIC_URL }: Knocking,
): Promise<ActionResult<unknown>> {
  const findActor = async () => (as ? readSession(ctx, as.sessionId) : null)
  const request = { origin, secFetchSite: 'same-origin', publicUrl: PUBLIC_URL, findActor }
  // Bytes of its own, as every request brings them: a door may fill them with zeros.
  return performAction(ctx, action, request, { idempotencyKey, input: structuredClone(input) })
}

/** The same by somebody who is really there: a proof that the door asks for is given before the call goes again. */
export async function knockProven(ctx: Context, action: AnyAction, knocking: Knocking): Promise<ActionResult<unknown>> {
  const same = { idempotencyKey: randomUUID(), ...knocking }
  const result = await knock(ctx, action, same)
  if (result.ok || result.problem.code !== 'step-up-required' || !knocking.as) return result
  await proveAll(ctx, knocking.as)
  return knock(ctx, action, same)
}

/** As if the session's owner had confirmed every act that was asked about. */
export async function proveAll(ctx: Context, { sessionId }: Pick<Actor, 'sessionId'>): Promise<void> {
  const now = ctx.clock()
  await ctx.db.stepUp.updateMany({
    where: { sessionId, passedAt: null },
    data: { method: 'password', passedAt: now, expiresAt: new Date(now.getTime() + 300_000) },
  })
}

/** `ok`, or the problem's code. */
export function codeOf(result: ActionResult<unknown>): string {
  return result.ok ? 'ok' : result.problem.code
}
