import 'server-only'
import type { z } from 'zod'
import { type ActionResult, PROBLEM_WORDS, type Problem } from '@/lib/domain/actions/action-result'
import type { Result } from '@/lib/domain/result'
import type { Context, ServiceError } from '../context'
import { limitWords, takeOf } from './allowances'
import { unlessSilent } from './audit-unavailable'
import { networkOf } from './client-address'
import { logFailure } from './log-failure'
import { problemOfThrown } from './problem-of-thrown'
import { type CallOrigin, isSameOrigin } from './same-origin'

/** An act of somebody who has no session yet, and brings a secret of their own instead. */
export interface OpenActionDefinition<Schema extends z.ZodType, Output> {
  name: string
  input: Schema
  run: (ctx: Context, input: z.output<Schema>) => Promise<Result<Output, ServiceError>>
}

export interface OpenActionRequest extends CallOrigin {
  publicUrl: string
  address: string
}

/**
 * Origin, the address's allowance, parameters, service. Nothing is recorded of a refusal: whoever has no session could
 * fill the record from outside. Not idempotent by a key: what the service is given can be used once.
 */
export async function performOpenAction<Schema extends z.ZodType, Output>(
  ctx: Context,
  definition: OpenActionDefinition<Schema, Output>,
  request: OpenActionRequest,
  input: unknown,
): Promise<ActionResult<Output>> {
  const requestId = ctx.newId()
  const refuse = (error: ServiceError): ActionResult<never> => ({ ok: false, problem: problemOf(error, requestId) })
  try {
    if (!isSameOrigin(request, request.publicUrl)) return refuse({ code: 'wrong-origin' })
    const taken = await unlessSilent(() => takeOf(ctx, 'open:address', networkOf(request.address)))
    if (!taken.ok) return refuse({ code: 'rate-limited', message: limitWords(taken.retryAfterMs) })
    const parsed = definition.input.safeParse(input)
    if (!parsed.success) return refuse({ code: 'invalid-input' })
    const result = await definition.run(ctx, parsed.data)
    return result.ok ? result : refuse(result.error)
  } catch (error) {
    logFailure(error, { where: definition.name, requestId })
    return refuse({ code: problemOfThrown(error, false) })
  }
}

function problemOf({ code, message, fields }: ServiceError, requestId: string): Problem {
  return { code, message: message ?? PROBLEM_WORDS[code], ...(fields ? { fields } : {}), requestId }
}
