import 'server-only'
import type { PersonRow } from '@/lib/domain/people/views'
import type { Actor, Context } from '../context'
import { accountState, OPEN_INVITATION } from './account-state'
import { requirePermission } from './require-permission'

export async function listPeople(ctx: Context, actor: Actor): Promise<PersonRow[]> {
  requirePermission(actor, 'people.read')
  const include = { roles: true, invitations: OPEN_INVITATION } as const
  const people = await ctx.db.person.findMany({ include, orderBy: { name: 'asc' } })
  const now = ctx.clock()
  return people.map((person) => ({
    id: person.id,
    name: person.name,
    email: person.email,
    roles: person.roles.map((held) => held.role).sort(),
    state: accountState(person, person.invitations[0], now),
    changedAt: person.changedAt.toISOString(),
  }))
}
