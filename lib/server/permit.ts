import 'server-only'
import { closedBecause, type Permission } from '@/lib/domain/people/permissions'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, ServiceError } from './context'

/** The service's own check: pages and actions ask too, but this is the one that counts. */
export function permit(actor: Actor, permission: Permission): Result<void, ServiceError> {
  const because = closedBecause(actor.roles, permission)
  return because ? err({ code: 'not-permitted', message: because }) : ok(undefined)
}
