import 'server-only'
import { hasPermission, type Permission } from '@/lib/domain/people/permissions'
import type { Role } from '@/lib/domain/people/roles'
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
  const roles = await rolesNow(tx, actor.personId)
  return roles ? permit({ ...actor, roles }, permission) : err({ code: 'signed-out' })
}

/** Whether somebody who is not asking themselves may do it still. */
export async function mayStill(tx: Transaction, personId: string, permission: Permission): Promise<boolean> {
  const roles = await rolesNow(tx, personId)
  return roles !== null && hasPermission(roles, permission)
}

/** null: disabled, or nobody. */
async function rolesNow(tx: Transaction, id: string): Promise<Role[] | null> {
  const person = await tx.person.findUnique({ where: { id }, include: { roles: true } })
  return person && !person.disabledAt ? person.roles.map(({ role }) => role) : null
}
