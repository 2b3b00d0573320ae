import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { ActionResult } from '@/lib/domain/actions/action-result'
import type { Actor, Context } from '@/lib/server/context'
import { type ActionDefinition, performAction } from '@/lib/server/doors/perform-action'

const URL_OF_CONSOLE = 'http://127.0.0.1:1'

/** As the door does it: what the client is told is what it answers. */
export async function throughTheDoor<Output>(
  ctx: Context,
  actor: Actor,
  name: string,
  permission: ActionDefinition<z.ZodType, Output>['permission'],
  run: (ctx: Context) => ReturnType<ActionDefinition<z.ZodType, Output>['run']>,
): Promise<{ idempotencyKey: string; result: ActionResult<Output> }> {
  const idempotencyKey = randomUUID()
  const request = {
    origin: URL_OF_CONSOLE,
    secFetchSite: 'same-origin',
    publicUrl: URL_OF_CONSOLE,
    findActor: async () => actor,
  }
  const definition = { name, permission, input: z.unknown(), run }
  const result = await performAction(ctx, definition, request, { idempotencyKey, input: { name } })
  return { idempotencyKey, result }
}
