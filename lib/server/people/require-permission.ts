import 'server-only'
import type { Permission } from '@/lib/domain/people/permissions'
import type { Actor } from '../context'
import { permit } from '../permit'

/** For queries: their doors have asked already, so whoever comes here without the permission is a bug. */
export function requirePermission(actor: Actor, permission: Permission): void {
  const permitted = permit(actor, permission)
  if (!permitted.ok) throw new Error(`a query was reached without the permission ${permission}`)
}
