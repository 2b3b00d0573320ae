import 'server-only'
import type { Role } from '@/lib/domain/people/roles'
import type { Actor, Context } from '../context'
import { requirePermission } from './require-permission'

export interface PersonRow {
  id: string
  name: string
  email: string
  roles: Role[]
  disabled: boolean
}

export async function listPeople(ctx: Context, actor: Actor): Promise<PersonRow[]> {
  requirePermission(actor, 'people.read')
  const people = await ctx.db.person.findMany({ include: { roles: true }, orderBy: { name: 'asc' } })
  return people.map((person) => ({
    id: person.id,
    name: person.name,
    email: person.email,
    roles: person.roles.map((held) => held.role),
    disabled: person.disabledAt !== null,
  }))
}
