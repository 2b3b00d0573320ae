import 'server-only'
import { randomBytes } from 'node:crypto'
import type { Role } from '@/lib/domain/people/roles'
import { appendEvents } from '../audit/append-event'
import { hashPassword } from '../auth/password'
import type { Actor, Context } from '../context'
import { inTransaction, type Transaction } from '../db/transaction'
import { extendLocalFile, type LocalOfficer, readLocalFile } from './local-file'

/** Enough people to try four eyes at once. */
const FIRST_OFFICERS: readonly { name: string; subject: string; roles: Role[] }[] = [
  { name: 'Ingrid Solheim', subject: 'ingrid.solheim', roles: ['administrator'] },
  { name: 'Tomasz Wieczorek', subject: 'tomasz.wieczorek', roles: ['administrator'] },
  { name: 'Amara Okafor', subject: 'amara.okafor', roles: ['custodian', 'approver'] },
  { name: 'Lucas Ferreira', subject: 'lucas.ferreira', roles: ['custodian', 'approver'] },
  { name: 'Hanne Vestergaard', subject: 'hanne.vestergaard', roles: ['auditor'] },
]

const emailOf = (subject: string) => `${subject}@drawbridge.test`

/**
 * The first officers of an empty installation, with random passwords. The file is written before the rows: a crash
 * between the two leaves passwords of nobody, which the next start gives to the people it makes.
 */
export async function createFirstOfficers(ctx: Context, localFile: string): Promise<boolean> {
  if ((await ctx.db.person.count()) > 0) return false
  const officers = keptOfficers(localFile) ?? FIRST_OFFICERS.map(newOfficer)
  extendLocalFile(localFile, { officers })
  const hashes = await Promise.all(officers.map(({ password }) => hashPassword(password)))
  const isFirst = await inTransaction(ctx.db, async (tx) => {
    if ((await tx.person.count()) > 0) return false
    await insertOfficers(ctx, tx, officers, hashes)
    return true
  })
  // Another console's set-up came first: its file holds the passwords, and ours would be nobody's.
  if (!isFirst) extendLocalFile(localFile, { officers: [] })
  return isFirst
}

/** All of them in three statements: a busy machine's first start has five seconds for them. */
async function insertOfficers(
  ctx: Context,
  tx: Transaction,
  officers: readonly LocalOfficer[],
  hashes: readonly string[],
): Promise<void> {
  const at = ctx.clock()
  const made = officers.map((officer, index) => ({ ...officer, id: ctx.newId(), passwordHash: hashes[index] ?? null }))
  await tx.person.createMany({
    data: made.map(({ id, name, email, passwordHash }) => {
      const subject = email.replace(/@.*$/, '')
      return { id, issuer: 'local', subject, name, email, passwordHash, createdAt: at, changedAt: at }
    }),
  })
  await tx.personRole.createMany({
    data: made.flatMap(({ id, roles }) => roles.map((role) => ({ personId: id, role, grantedAt: at }))),
  })
  await appendEvents(
    tx,
    made.map(({ name, email, roles }) => {
      return { type: 'person.created', phase: 'noted', at, actor: null, details: { name, email, roles } }
    }),
  )
}

function newOfficer({ name, subject, roles }: (typeof FIRST_OFFICERS)[number]): LocalOfficer {
  return { name, email: emailOf(subject), password: randomBytes(16).toString('base64url'), roles }
}

function keptOfficers(localFile: string): LocalOfficer[] | undefined {
  const officers = readLocalFile(localFile)?.officers ?? []
  return officers.length === FIRST_OFFICERS.length ? officers : undefined
}

/** The first officers as they act in the making of the example keys. */
export interface Cast {
  administrator: Actor
  importer: Actor
  approver: Actor
}

/** null where the first officers are not (all) there: then it is nobody's example installation. */
export async function findCast(ctx: Context): Promise<Cast | null> {
  const administrator = await findActor(ctx, 'ingrid.solheim')
  const importer = await findActor(ctx, 'amara.okafor')
  const approver = await findActor(ctx, 'lucas.ferreira')
  return administrator && importer && approver ? { administrator, importer, approver } : null
}

/** Nobody signs in for this, so it is no session of anybody's: an id of its own, without a row. */
async function findActor(ctx: Context, subject: string): Promise<Actor | null> {
  const person = await ctx.db.person.findUnique({
    where: { issuer_subject: { issuer: 'local', subject } },
    include: { roles: true },
  })
  if (!person || person.disabledAt) return null
  const { id: personId, issuer, name, email } = person
  const roles = person.roles.map(({ role }) => role)
  return { personId, issuer, subject, name, email, roles, sessionId: ctx.newId() }
}
