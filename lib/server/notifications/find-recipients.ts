import 'server-only'
import type { Notice } from '@/lib/domain/notifications/notice'
import { TOLD } from '@/lib/domain/notifications/who-is-told'
import { rolesWith } from '@/lib/domain/people/permissions'
import type { Role } from '@/lib/domain/people/roles'
import { PROPOSAL_PERMISSIONS } from '@/lib/domain/proposals/kinds'
import type { Context } from '../context'
import { findDeciders } from '../people/list-deciders'
import { otherAccountsOf } from '../people/other-accounts'
import { importersOf } from '../proposals/importers-of'
import { loadEnableRequest } from '../reviews/load-enable-request'
import { policyOf } from '../reviews/policy-of'

/** One address and nothing else: no list, no name, nothing that a mail server would act on. */
const ADDRESS = /^[^\s@<>(),;:"\\[\]\p{C}]{1,64}@[^\s@<>(),;:"\\[\]\p{C}]{1,255}$/u

/** The addresses of the enabled people whom it concerns, as they are at this moment. */
export async function findRecipients({ db }: Pick<Context, 'db'>, notice: Notice): Promise<readonly string[]> {
  const ids = await concerned(db, notice)
  const people = await db.person.findMany({
    where: { id: { in: ids }, disabledAt: null },
    select: { email: true },
    orderBy: { email: 'asc' },
  })
  const addresses = people.map(({ email }) => email.trim().toLowerCase()).filter((email) => ADDRESS.test(email))
  return [...new Set(addresses)]
}

async function concerned(db: Context['db'], notice: Notice): Promise<string[]> {
  switch (notice.kind) {
    case 'review-waiting':
      return deciders(db, notice.facts)
    case 'proposal-waiting':
      return confirmers(db, notice.facts.proposalId)
    case 'test':
      return [notice.facts.personId]
    default:
      return withRoles(db, TOLD[notice.kind])
  }
}

async function withRoles(db: Context['db'], roles: readonly Role[]): Promise<string[]> {
  const people = await db.person.findMany({
    where: { disabledAt: null, roles: { some: { role: { in: [...roles] } } } },
    select: { id: true },
  })
  return people.map(({ id }) => id)
}

/** Not the importer, not whoever asked, nobody whom the vault's policy leaves out. */
async function deciders(
  db: Context['db'],
  { importId, enableRequestId }: { importId: string | null; enableRequestId: string | null },
): Promise<string[]> {
  const asked = importId ? await importAsked(db, importId) : await enableAsked(db, enableRequestId)
  return asked ? (await findDeciders(db, asked.barred, asked)).map(({ id }) => id) : []
}

async function importAsked(db: Context['db'], id: string) {
  const row = await db.import.findUnique({ where: { id }, include: { connection: true } })
  return row && { barred: [row.importerId], askedAt: row.submittedAt, policy: policyOf(row.connection) }
}

async function enableAsked(db: Context['db'], id: string | null) {
  const loaded = id ? await loadEnableRequest(db, id) : null
  if (!loaded) return null
  const { row, policy } = loaded
  return { barred: [row.importerId, row.requesterId], askedAt: row.requestedAt, policy }
}

async function confirmers(db: Context['db'], id: string): Promise<string[]> {
  const proposal = await db.proposal.findUnique({ where: { id } })
  if (!proposal) return []
  const people = await withRoles(db, rolesWith(PROPOSAL_PERMISSIONS[proposal.kind].confirm))
  const importers = await importersOf(db, [proposal])
  const barred = [proposal.proposerId, proposal.subjectId, ...importers(proposal.subjectId)]
  const others = await otherAccountsOf(db, barred)
  return people.filter((person) => !barred.includes(person) && !others.includes(person))
}
