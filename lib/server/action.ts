import 'server-only'
import { headers } from 'next/headers'
import type { z } from 'zod'
import type { Action } from '@/lib/domain/actions/action-result'
import { currentActor } from './auth/current-actor'
import { type ActionDefinition, performAction } from './doors/perform-action'
import { env } from './env'
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
      findActor: currentActor,
    }
    return performAction(runtimeContext(), definition, request, call)
  }
}
