import 'server-only'
import { z } from 'zod'
import { type ActionResult, PROBLEM_WORDS, type Problem } from '@/lib/domain/actions/action-result'
import type { Permission } from '@/lib/domain/people/permissions'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { callKeyOf, readCall } from '../idempotency/call-row'
import { paramsDigest } from '../idempotency/params-digest'
import { runOnce } from '../idempotency/run-once'
import { currentRequest } from '../log/current-request'
import { answerOnRecord } from '../operations/answer-on-record'
import { lacksPasskey } from '../passkeys/lacks-passkey'
import { permit } from '../permit'
import { watchWrites } from '../providers/watch-writes'
import { askStepUp } from '../step-up/ask-step-up'
import { type AllowanceName, limitWords, takeOf } from './allowances'
import { unlessSilent, withinAuditTime } from './audit-unavailable'
import { logFailure } from './log-failure'
import { problemOfThrown } from './problem-of-thrown'
import type { Taken } from './rate-limit'
import { recordRefusal } from './record-refusal'
import { type CallOrigin, isSameOrigin } from './same-origin'

export type ActionDefinition<Schema extends z.ZodType, Output> = {
  /** Stands in the audit log and in the idempotency row. */
  name: string
  permission: Permission
  input: Schema
  /** A narrower allowance than every action's; taken by calls that run, not by their repetitions. */
  allowance?: AllowanceName
  /**
   * What of the parameters their digest is made of, where one of them is a secret: the digest is kept, and one of a
   * password would be a password hash of the quickest kind.
   */
  digested?: (input: z.output<Schema>) => unknown
  /** Secrets among the parameters, filled with zeros once the call has ended, however it ended. */
  wiped?: (input: z.output<Schema>) => readonly Uint8Array[]
  /** Who may call it: a signed-in person, or (only for the second factor itself) one who still owes the second factor. */
  session?: 'owing-second-factor'
  run: (ctx: Context, actor: Actor, input: z.output<Schema>) => Promise<Result<Output, ServiceError>>
  /** What belongs to the HTTP answer of an act that was done: a cookie. */
  answered?: (output: Output) => Promise<void>
} & StepUpRule<Schema>

/** Whether the act needs a fresh proof of who asks, and then its words: "Import payments into vault-1, disabled". */
type StepUpRule<Schema extends z.ZodType> =
  | { stepUp?: never; act?: never; provesFor?: never; withoutPasskey?: never }
  | {
      stepUp: true
      act: (ctx: Context, input: z.output<Schema>) => string | Promise<string>
      /** The action that the proof is for, where this one only asks for it: of another name, with the same digest. */
      provesFor?: string
      /** Open to whose roles need a passkey and who has none yet: to register one, or to change a password that somebody may know. */
      withoutPasskey?: true
    }

/** What an action knows of the HTTP request that carries it. */
export interface ActionRequest extends CallOrigin {
  publicUrl: string
  /** Whether custodians, approvers and administrators of this installation need a passkey. */
  passkeysRequired?: boolean
  /** The person behind the live session row, or null. */
  findActor: () => Promise<Actor | null>
}

const callSchema = z.object({ idempotencyKey: z.uuid(), input: z.unknown() })

const noAnswerFrom = (code: ServiceError['code'], more: Omit<ServiceError, 'code'> = {}): Result<never, ServiceError> =>
  err({ code, ...more })

/**
 * The order is the rule: origin, session, allowance, permission, parameters, step-up, idempotency, and only then the
 * service.
 */
export async function performAction<Schema extends z.ZodType, Output>(
  ctx: Context,
  definition: ActionDefinition<Schema, Output>,
  request: ActionRequest,
  call: unknown,
): Promise<ActionResult<Output>> {
  const requestId = currentRequest()?.requestId ?? ctx.newId()
  const { name } = definition
  let actor: Actor | null = null
  let secrets: readonly Uint8Array[] = []
  const refuse = async (error: ServiceError): Promise<ActionResult<never>> => {
    await recordRefusal(ctx, actor, { action: name, code: error.code, requestId })
    return { ok: false, problem: problemFrom(error, requestId) }
  }
  try {
    actor = await unlessSilent(request.findActor)
    const unspent = await takeAction(ctx, definition, request, actor)
    if (!unspent.ok) return await refuse(unspent.error)
    const admitted = admit(definition, request, actor, call)
    if (!admitted.ok) return await refuse(admitted.error)
    const { caller, idempotencyKey, input } = admitted.value
    secrets = definition.wiped?.(input) ?? []
    const key = {
      personId: caller.personId,
      action: name,
      key: idempotencyKey,
      paramsSha256: paramsDigest(definition.digested ? definition.digested(input) : input),
    }
    const prove = () => proveIfNeeded(ctx, definition, request, caller, { input, paramsSha256: key.paramsSha256 })
    // What was sent before under this key is not done again: its equal gets the answer that there is, another a refusal.
    const repeated = definition.stepUp === true && (await unlessSilent(() => readCall(ctx, key))) !== null
    const proven = repeated ? ok(undefined) : await prove()
    if (!proven.ok) return await refuse(proven.error)
    const answer = await runOnce<Output>(ctx, key, {
      run: async () => {
        // The row may have been taken back meanwhile: then this call would be the first, and needs what the first needs.
        const owed = repeated ? await prove() : ok(undefined)
        if (!owed.ok) return refuse(owed.error)
        const result = await runService({ ...ctx, callKey: callKeyOf(key) }, definition, caller, input, requestId)
        return result.ok ? result : refuse(result.error)
      },
      recall: async () => {
        const told = await answerOnRecord(ctx, key)
        // An action's output is told by the kind of its intent: `answer-on-record.ts` says it for each.
        return (
          told &&
          (told.ok ? (told as ActionResult<Output>) : { ok: false, problem: problemFrom(told.error, requestId) })
        )
      },
    })
    return answer.ok ? answer.value : await refuse({ code: answer.error })
  } catch (error) {
    logFailure(error, { where: name, requestId })
    return { ok: false, problem: problemFrom({ code: problemOfThrown(error, false) }, requestId) }
  } finally {
    for (const secret of secrets) secret.fill(0)
  }
}

/** Each person's own: what has no session, or comes from elsewhere, uses nothing up. */
async function takeAction(
  ctx: Context,
  { session }: { session?: 'owing-second-factor' },
  request: ActionRequest,
  actor: Actor | null,
): Promise<Result<void, ServiceError>> {
  if (!actor || !isSameOrigin(request, request.publicUrl)) return ok(undefined)
  // Who has the password alone does not use up what its owner works with.
  const whose = session ? actor.sessionId : actor.personId
  return asResult(await unlessSilent(() => takeOf(ctx, 'action', whose)))
}

function asResult(taken: Taken): Result<void, ServiceError> {
  return taken.ok
    ? ok(undefined)
    : noAnswerFrom('rate-limited', { message: limitWords(taken.retryAfterMs), retryAfterMs: taken.retryAfterMs })
}

interface Admitted<Input> {
  caller: Actor
  idempotencyKey: string
  input: Input
}

function admit<Schema extends z.ZodType, Output>(
  definition: ActionDefinition<Schema, Output>,
  request: ActionRequest,
  actor: Actor | null,
  call: unknown,
): Result<Admitted<z.output<Schema>>, ServiceError> {
  if (!isSameOrigin(request, request.publicUrl)) return noAnswerFrom('wrong-origin')
  if (!actor) return noAnswerFrom('signed-out')
  const permitted = permit(actor, definition.permission)
  if (!permitted.ok) return permitted
  const addressed = callSchema.safeParse(call)
  if (!addressed.success) return noAnswerFrom('invalid-input')
  const parsed = definition.input.safeParse(addressed.data.input)
  if (!parsed.success) return noAnswerFrom('invalid-input', { fields: fieldsOf(parsed.error) })
  return ok({ caller: actor, idempotencyKey: addressed.data.idempotencyKey, input: parsed.data })
}

async function proveIfNeeded<Schema extends z.ZodType, Output>(
  ctx: Context,
  definition: ActionDefinition<Schema, Output>,
  { passkeysRequired = false }: ActionRequest,
  actor: Actor,
  { input, paramsSha256 }: { input: z.output<Schema>; paramsSha256: string },
): Promise<Result<void, ServiceError>> {
  if (!definition.stepUp) return ok(undefined)
  const lacking = !definition.withoutPasskey && (await unlessSilent(() => lacksPasskey(ctx, actor, passkeysRequired)))
  if (lacking) return err({ code: 'passkey-required' })
  const action = definition.provesFor ?? definition.name
  const asked = await unlessSilent(() => askStepUp(ctx, actor, { action, paramsSha256 }))
  if (!asked) return ok(undefined)
  return err({ code: 'step-up-required', stepUp: { ...asked, act: await definition.act(ctx, input) } })
}

async function runService<Schema extends z.ZodType, Output>(
  ctx: Context,
  definition: ActionDefinition<Schema, Output>,
  actor: Actor,
  input: z.output<Schema>,
  requestId: string,
): Promise<Result<Output, ServiceError>> {
  const watched = watchWrites(ctx)
  try {
    if (definition.allowance) {
      const taken = asResult(await withinAuditTime(takeOf(ctx, definition.allowance, actor.personId)))
      if (!taken.ok) return taken
    }
    return await definition.run(watched.ctx, actor, input)
  } catch (error) {
    logFailure(error, { where: definition.name, requestId })
    return err({ code: problemOfThrown(error, watched.wrote()) })
  }
}

/** `target.name`: the path that the form knows. */
function fieldsOf(error: z.ZodError): Record<string, string> {
  const entries = error.issues.map(({ path, message }) => [path.join('.'), message])
  return Object.fromEntries(entries.reverse()) // the first message of a field wins
}

function problemFrom({ code, message, fields, stepUp, retryAfterMs }: ServiceError, requestId: string): Problem {
  const more = {
    ...(fields ? { fields } : {}),
    ...(stepUp ? { stepUp } : {}),
    ...(retryAfterMs ? { retryAfterMs } : {}),
  }
  return { code, message: message ?? PROBLEM_WORDS[code], ...more, requestId }
}
