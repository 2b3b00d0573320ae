import 'server-only'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { hasPermission, type Permission } from '@/lib/domain/people/permissions'
import { routes } from '@/lib/routes'
import { currentSessionAndStanding } from './auth/current-actor'
import { sameOriginPath } from './auth/same-origin-path'
import type { Actor, Context } from './context'
import { PATH_HEADER } from './front/page-policy'
import { runtimeContext } from './runtime'

/** The first line of every page: who is asking, and may they. Leads to sign-in, or to the page that says what is missing. */
export async function enterPage(permission: Permission): Promise<{ ctx: Context; actor: Actor }> {
  const read = await currentSessionAndStanding()
  if (!read) redirect(routes.signIn(sameOriginPath((await headers()).get(PATH_HEADER))))
  const { actor } = read.session
  if (!hasPermission(actor.roles, permission)) redirect(routes.forbidden(permission))
  return { ctx: { ...runtimeContext(), standing: read.standing }, actor }
}
