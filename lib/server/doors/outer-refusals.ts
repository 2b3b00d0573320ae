import 'server-only'
import { channel } from 'node:diagnostics_channel'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import { readSession } from '../auth/read-session'
import { sessionCookie } from '../auth/session-cookie'
import { sessionIdOf } from '../auth/session-token'
import type { Context } from '../context'
import { takeOf } from './allowances'
import { logFailure } from './log-failure'
import { recordRefusal } from './record-refusal'

/** Somebody whose browser holds a cookie of ours was refused before Next saw the request. */
export interface OuterRefusal {
  /** The Cookie header as it came. */
  cookie: string
  code: ProblemCode
  method: string
  path: string
  requestId: string
}

// The front and Next's own bundle are two programs in one process: a named channel is what they share.
const refusals = channel('drawbridge.outer-refusal')

export function tellOuterRefusal(refusal: OuterRefusal): void {
  refusals.publish(refusal)
}

/** Records the refusals of live sessions; a flood of them is cut short, and so is what they may write. */
export function recordOuterRefusals(ctx: () => Context): void {
  refusals.subscribe((message) => {
    const refusal = message as OuterRefusal // published by tellOuterRefusal alone
    recordOuterRefusal(ctx(), refusal).catch((error: unknown) =>
      logFailure(error, { where: 'refusal at the front', requestId: refusal.requestId }),
    )
  })
}

export async function recordOuterRefusal(ctx: Context, refusal: OuterRefusal): Promise<void> {
  const sessionId = await sessionIdOf(cookieNamed(refusal.cookie, sessionCookie().name))
  const actor = sessionId ? await readSession(ctx, sessionId) : null
  if (!actor || !(await takeOf(ctx, 'noted-refusal', actor.sessionId)).ok) return
  const path = /^[\w/.-]{1,128}$/.test(refusal.path) ? refusal.path : '/…'
  const action = `${refusal.method} ${path}`
  await recordRefusal(ctx, actor, { action, code: refusal.code, requestId: refusal.requestId })
}

function cookieNamed(header: string, name: string): string | undefined {
  const pair = header
    .split(';')
    .map((each) => each.trim())
    .find((each) => each.startsWith(`${name}=`))
  return pair?.slice(name.length + 1)
}
