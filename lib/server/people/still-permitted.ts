import 'server-only'
import type { Permission } from '@/lib/domain/people/permissions'
import { err, type Result } from '@/lib/domain/result'
import type { Actor, ServiceError } from '../context'
import type { Transaction } from '../db/transaction'
import { permit } from '../permit'

/**
 * The permission as it stands in this very transaction: who was disabled, or lost the role, while the request was
 * under way can't act on people any more.
 */
export async function stillPermitted(
  tx: Transaction,
  actor: Actor,
  permission: Permission,
): Promise<Result<void, ServiceError>> {
  const person = await tx.person.findUnique({ where: { id: actor.personId }, include: { roles: true } })
  if (!person || person.disabledAt) return err({ code: 'signed-out' })
  return permit({ ...actor, roles: person.roles.map(({ role }) => role) }, permission)
}
