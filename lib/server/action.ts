import 'server-only'
import { headers } from 'next/headers'
import type { z } from 'zod'
import type { Action, ActionResult } from '@/lib/domain/actions/action-result'
import { currentActor, owingActor } from './auth/current-actor'
import { type ActionDefinition, performAction } from './doors/perform-action'
import { env } from './env'
import { log } from './log/log'
import { observeAction } from './metrics/observe'
import { runtimeContext } from './runtime'

/**
 * The one door for what officers change. Every export of a `"use server"` file is made here.
 * Origin → session row → permission → parameters → idempotency → service → answer; expected errors are values.
 */
export function defineAction<Schema extends z.ZodType, Output>(
  definition: ActionDefinition<Schema, Output>,
): Action<z.input<Schema>, Output> {
  return async (call) => {
    const sent = await headers()
    const request = {
      origin: sent.get('origin'),
      secFetchSite: sent.get('sec-fetch-site'),
      publicUrl: env().publicUrl,
      passkeysRequired: env().passkeys.required,
      findActor: definition.session === 'owing-second-factor' ? owingActor : currentActor,
    }
    const result = await observed(definition.name, () => performAction(runtimeContext(), definition, request, call))
    if (result.ok) await definition.answered?.(result.value)
    return result
  }
}

/** Its end in the metrics and in the log, by name and outcome; of what was sent and answered nothing. */
async function observed<T>(action: string, run: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  const startedAt = performance.now()
  const result = await run()
  const ms = performance.now() - startedAt
  const outcome = result.ok ? 'ok' : result.problem.code
  observeAction(action, outcome, ms)
  log('info', 'action', { action, outcome, ms: Math.round(ms) })
  return result
}
