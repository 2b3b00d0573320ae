import 'server-only'
import type { PersonView } from '@/lib/domain/people/views'
import { sessionState } from '../auth/session-clock'
import type { Actor, Context } from '../context'
import { otherAdministrators } from '../proposals/kinds/person-state'
import { listWaiting } from '../proposals/list-waiting'
import { accountState, OPEN_INVITATION } from './account-state'
import { requirePermission } from './require-permission'

const PARTS = {
  roles: true,
  invitations: OPEN_INVITATION,
  passkeys: { where: { removedAt: null }, select: { id: true } },
  sessions: {
    where: { endedAt: null, secondFactorUntil: null },
    select: { lastUseAt: true, expiresAt: true, endedAt: true },
  },
} as const

/** A person with what an administrator decides by; null for an id that is nobody's. */
export async function getPerson(ctx: Context, actor: Actor, id: string): Promise<PersonView | null> {
  requirePermission(actor, 'people.read')
  const row = await ctx.db.person.findUnique({ where: { id }, include: PARTS })
  if (!row) return null
  const now = ctx.clock()
  const [invitation] = row.invitations
  const state = accountState(row, invitation, now)
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    issuer: row.issuer,
    subject: row.subject,
    roles: row.roles.map(({ role }) => role).sort(),
    rolesFrom: row.rolesFrom,
    state,
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString() ?? null,
    passkeys: row.passkeys.length,
    openSessions: row.sessions.filter((session) => sessionState(session, now) === 'live').length,
    invitedUntil: state === 'invited' ? (invitation?.expiresAt.toISOString() ?? null) : null,
    waiting: await listWaiting(ctx, actor, id),
    otherAdministrators: await otherAdministrators(ctx.db, id),
  }
}
