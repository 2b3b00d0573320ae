import 'server-only'
import type { TargetFacts } from '@/lib/domain/imports/views'
import { KEY_NAME_PATTERN } from '@/lib/domain/keys/key-id'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { findConnection } from '../operations/connection-of'
import { permit } from '../permit'
import { readFacts } from './read-facts'

/** For the wizard: facts about name and KEK, fetched afresh. What can't be known is an answer, not a failure. */
export async function readTargetFacts(
  ctx: Context,
  actor: Actor,
  input: { connectionId: string; kekKid: string | null; name: string },
): Promise<Result<TargetFacts, ServiceError>> {
  const permitted = permit(actor, 'imports.create')
  if (!permitted.ok) return permitted
  if (!KEY_NAME_PATTERN.test(input.name)) {
    return err({ code: 'invalid-input', fields: { name: 'Letters, digits and hyphens, 1 to 127 characters.' } })
  }
  const connection = await findConnection(ctx.db, input.connectionId)
  if (!connection) return err({ code: 'not-found', message: 'There is no such vault, or no longer.' })
  return ok(await readFacts(ctx, connection, input))
}
