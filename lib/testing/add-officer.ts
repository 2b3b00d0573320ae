import { randomUUID } from 'node:crypto'
import type { Role } from '@/lib/domain/people/roles'
import type { Actor, Context } from '@/lib/server/context'

interface Officer {
  roles: readonly Role[]
  subject?: string
  issuer?: string
  email?: string
  /** When the account was made; now when left out. */
  since?: Date
}

/** One more person of a test console, signed in. */
export async function addOfficer(ctx: Context, { roles, issuer = 'local', since, ...more }: Officer): Promise<Actor> {
  const at = since ?? ctx.clock()
  const sessionId = randomUUID()
  const subject = more.subject ?? `officer-${sessionId.slice(0, 8)}`
  const email = more.email ?? `${subject}.${sessionId.slice(0, 8)}@example.test`
  const { id: personId } = await ctx.db.person.create({
    data: {
      issuer,
      subject,
      name: `Test ${subject}`,
      email,
      createdAt: at,
      changedAt: at,
      roles: { create: roles.map((role) => ({ role, grantedAt: at })) },
      sessions: {
        create: { id: sessionId, createdAt: at, lastUseAt: at, expiresAt: new Date(at.getTime() + 8 * 3_600_000) },
      },
    },
  })
  return { personId, issuer, subject, name: `Test ${subject}`, email, roles, sessionId }
}
