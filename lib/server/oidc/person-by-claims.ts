import 'server-only'
import { mapRoles } from '@/lib/domain/people/map-roles'
import type { OidcRefusal } from '@/lib/domain/people/oidc-refusal'
import { sortRoles } from '@/lib/domain/people/role-rules'
import type { Role } from '@/lib/domain/people/roles'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Context } from '../context'
import type { Prisma } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import type { Identity } from './identity'
import type { OidcProvider } from './provider'

type Needs = Pick<Context, 'clock' | 'newId'>
export type KnownPerson = Prisma.PersonGetPayload<{ include: { roles: true } }>

/** The one account of this issuer and subject. The same subject at another issuer is another person. */
export function findPerson(tx: Transaction, { issuer, subject }: Identity): Promise<KnownPerson | null> {
  return tx.person.findUnique({ where: { issuer_subject: { issuer, subject } }, include: { roles: true } })
}

/**
 * The account as the provider's claims make it: made at the first sign-in with a role, brought up to date at each later
 * one. Claims that give no roles take those away that earlier ones gave: nobody keeps what the provider took back.
 */
export async function personByClaims(
  ctx: Needs,
  tx: Transaction,
  { mapping }: Pick<OidcProvider, 'mapping'>,
  known: KnownPerson | null,
  identity: Identity,
): Promise<Result<{ id: string; name: string }, OidcRefusal>> {
  if (!mapping) return err('not-known')
  if (identity.values === null) return err('groups-left-out')
  const roles = mapRoles(mapping, identity.values)
  if (known) await bringUpToDate(ctx, tx, known, identity, roles.ok ? roles.value : [])
  if (!roles.ok) return roles
  return ok(known ? { id: known.id, name: identity.name } : await create(ctx, tx, identity, roles.value))
}

async function create(ctx: Needs, tx: Transaction, identity: Identity, roles: Role[]) {
  const at = ctx.clock()
  const { issuer, subject, name, email } = identity
  const id = ctx.newId()
  await tx.person.create({
    data: {
      id,
      issuer,
      subject,
      name,
      email,
      rolesFrom: 'claims',
      createdAt: at,
      changedAt: at,
      roles: { create: roles.map((role) => ({ role, grantedAt: at })) },
    },
  })
  const details = { name, email, issuer, subject, roles, rolesFrom: 'claims' }
  await appendEvent(tx, { type: 'person.created', phase: 'noted', at, actor: null, details })
  return { id, name }
}

/** Other roles are another authority, and move `changed_at`; another name or e-mail is shown, and recorded. */
async function bringUpToDate(
  { clock }: Needs,
  tx: Transaction,
  known: KnownPerson,
  { name, email, issuer, subject }: Identity,
  roles: Role[],
): Promise<void> {
  const at = clock()
  const before = sortRoles(known.roles.map(({ role }) => role))
  const after = sortRoles(roles)
  const otherRoles = before.join() !== after.join()
  if (!otherRoles && known.name === name && known.email === email) return
  if (otherRoles) {
    await tx.personRole.deleteMany({ where: { personId: known.id, role: { notIn: after } } })
    const added = after.filter((role) => !before.includes(role))
    await tx.personRole.createMany({ data: added.map((role) => ({ personId: known.id, role, grantedAt: at })) })
  }
  await tx.person.update({ where: { id: known.id }, data: { name, email, ...(otherRoles ? { changedAt: at } : {}) } })
  const details = {
    name,
    nameBefore: known.name,
    issuer,
    subject,
    change: otherRoles ? 'roles' : 'name',
    personId: known.id,
    rolesBefore: before,
    rolesAfter: after,
    rolesFrom: 'claims',
  }
  await appendEvent(tx, { type: 'person.changed', phase: 'noted', at, actor: null, details })
}
