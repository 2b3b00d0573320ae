import 'server-only'
import { PROBLEM_WORDS, type ProblemCode } from '@/lib/domain/actions/action-result'
import type { Permission } from '@/lib/domain/people/permissions'
import { currentSession, currentSessionAndStanding } from './auth/current-actor'
import { tellSession } from './auth/session-header'
import type { Actor, Context } from './context'
import { ALLOWANCES, type AllowanceName, limitWords, takeOf } from './doors/allowances'
import { unlessSilent } from './doors/audit-unavailable'
import { logFailure } from './doors/log-failure'
import { ownAllowance } from './doors/own-allowance'
import { problemOfThrown } from './doors/problem-of-thrown'
import { secondsOf } from './doors/rate-limit'
import { recordRefusal } from './doors/record-refusal'
import { isSameOrigin } from './doors/same-origin'
import { env } from './env'
import { newRequestId } from './log/current-request'
import { permit } from './permit'
import { runtimeContext } from './runtime'

type Params = Record<string, string>

export interface RouteDefinition {
  permission: Permission
  /** It changes something: what does not come from this console's own pages is refused. */
  changes?: true
  /** A narrower allowance of each person than every read's. */
  allowance?: AllowanceName
  run: (ctx: Context, actor: Actor, request: Request, params: Params) => Promise<Response>
}

const STATUS_OF: Partial<Record<ProblemCode, number>> = {
  'signed-out': 401,
  'wrong-origin': 403,
  'not-permitted': 403,
  'not-found': 404,
  'too-large': 413,
  'rate-limited': 429,
  'audit-unavailable': 503,
  'vault-unreachable': 503,
}

const takeRead = ownAllowance(ALLOWANCES.routes)

/** 429, with the seconds to wait in words and as Retry-After. */
function limited(retryAfterMs: number): Response {
  const response = problemResponse('rate-limited', limitWords(retryAfterMs))
  response.headers.set('retry-after', String(secondsOf(retryAfterMs)))
  return response
}

/** The door for reads that refresh, for downloads, and for the one POST: a handler behind session row and permission. */
export function defineRoute(definition: RouteDefinition) {
  return async (request: Request, { params }: { params: Promise<Params> }): Promise<Response> => {
    try {
      const found = await unlessSilent(definition.changes ? sessionAlone : currentSessionAndStanding)
      if (!found) return problemResponse('signed-out')
      const { session, ...standing } = found
      const { actor } = session
      const ctx = { ...runtimeContext(), ...standing }
      if (definition.changes && !isSameOrigin(originOf(request), env().publicUrl))
        return problemResponse('wrong-origin')
      const read = takeRead(actor.sessionId)
      if (!read.ok) return limited(read.retryAfterMs)
      const permitted = permit(actor, definition.permission)
      if (!permitted.ok) {
        const action = `${request.method} ${new URL(request.url).pathname}`
        await recordRefusal(ctx, actor, { action, code: 'not-permitted', requestId: ctx.newId() })
        return problemResponse('not-permitted', permitted.error.message)
      }
      const { allowance } = definition
      const taken = allowance ? await unlessSilent(() => takeOf(ctx, allowance, actor.personId)) : read
      if (!taken.ok) {
        await recordRefusal(ctx, actor, {
          action: allowance ?? 'routes',
          code: 'rate-limited',
          requestId: newRequestId(),
        })
        return limited(taken.retryAfterMs)
      }
      const answer = await definition.run(ctx, actor, request, await params)
      return tellSession(uncached(answer), session, ctx.clock())
    } catch (error) {
      const requestId = newRequestId()
      logFailure(error, { where: 'route', requestId })
      return problemResponse(problemOfThrown(error, false), undefined, requestId)
    }
  }
}

/** For what changes something: how everything stood before it is not to be shown after it. */
async function sessionAlone() {
  const session = await currentSession()
  return session && { session }
}

const originOf = ({ headers }: Request) => ({
  origin: headers.get('origin'),
  secFetchSite: headers.get('sec-fetch-site'),
})

/** A problem as JSON, with the status that belongs to its code. */
export function problemResponse(
  code: ProblemCode,
  message: string = PROBLEM_WORDS[code],
  requestId: string = newRequestId(),
): Response {
  return uncached(Response.json({ problem: { code, message, requestId } }, { status: STATUS_OF[code] ?? 500 }))
}

function uncached(response: Response): Response {
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
  return response
}
