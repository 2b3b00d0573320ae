import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { proposeRoles } from '../people/propose-for-person'
import { proposePerson } from '../people/propose-person'
import { confirm, idOf, newToken } from './testing/confirm'

/** What the database holds by itself, against the application's own user and even the owner of the tables. */
let console_: TestConsole
let client: pg.Client
let subjectId: string
beforeAll(async () => {
  console_ = await createTestConsole()
  client = new pg.Client({ connectionString: console_.database.url })
  await client.connect()
  const { ctx, actors } = console_
  const person = {
    issuer: 'local',
    subject: null,
    name: 'Subject',
    email: 's@example.test',
    roles: ['viewer'] as const,
  }
  const id = idOf(await proposePerson(ctx, actors.administrator, { ...person, reason: 'Joins' }))
  const confirmed = await confirm(ctx, actors.administrator2, id, newToken().sha256)
  if (!confirmed.ok) throw new Error(confirmed.error.code)
  subjectId = confirmed.value.subjectId
})
afterAll(async () => {
  await client.end()
  await console_.close()
})

/** Several statements in one transaction, as somebody with the application's password would send them. */
async function inOne(statements: readonly (readonly [string, ...unknown[]])[], by = client): Promise<void> {
  await by.query('BEGIN')
  try {
    for (const [text, ...values] of statements) await by.query(text, values)
    await by.query('COMMIT')
  } catch (error) {
    await by.query('ROLLBACK')
    throw error
  }
}

const insertProposal = (
  id: string,
  after: unknown,
  more: { kind?: string; proposer?: string; subject?: string } = {},
) => {
  const text = JSON.stringify({ after })
  const sha256 = createHash('sha256').update(text).digest('hex')
  const { kind = 'change_roles', proposer = console_.actors.administrator.personId, subject = subjectId } = more
  return [
    `INSERT INTO proposal (id, kind, subject_id, proposer_id, reason, status, frozen_request, frozen_sha256, proposed_at, expires_at)
     VALUES ($1, $2::"ProposalKind", $3, $4, 'raw', 'waiting', $5, $6, now(), now() + interval '1 day')`,
    id,
    kind,
    subject,
    proposer,
    text,
    sha256,
  ] as const
}
const confirmBy = (id: string, by: string) =>
  [
    `UPDATE proposal SET status = 'confirmed', decided_by_id = $2, decided_at = now(), revision = revision + 1 WHERE id = $1`,
    id,
    by,
  ] as const
const withdraw = async (id: string) =>
  client.query(
    `UPDATE proposal SET status = 'withdrawn', decided_by_id = proposer_id, decided_at = now() WHERE id = $1`,
    [id],
  )
const give = (personId: string, role: string) =>
  [`INSERT INTO person_role (person_id, role, granted_at) VALUES ($1, $2::"Role", now())`, personId, role] as const

describe('a proposal, by the database alone', () => {
  it('is not confirmed by its proposer, nor by the person it is about', async () => {
    const { administrator } = console_.actors
    const id = randomUUID()
    await inOne([insertProposal(id, { roles: ['auditor'] })])
    await expect(inOne([confirmBy(id, administrator.personId)])).rejects.toThrow(/proposal_not_confirmed_by_proposer/)
    await expect(inOne([confirmBy(id, subjectId)])).rejects.toThrow(/proposal_not_confirmed_by_its_subject/)
    await withdraw(id)
  })

  it('begins by waiting, and only one of a kind waits for a subject', async () => {
    const [id, other] = [randomUUID(), randomUUID()]
    const [text, ...values] = insertProposal(id, {})
    const decided = text.replace("'waiting'", "'failed'")
    await expect(inOne([[decided, ...values]])).rejects.toThrow(/it begins by waiting/)
    await inOne([insertProposal(id, {})])
    await expect(inOne([insertProposal(other, {})])).rejects.toThrow(/proposal_one_waiting/)
    await withdraw(id)
  })

  it('never changes once decided, keeps its text before, and is never deleted', async () => {
    const id = randomUUID()
    await inOne([insertProposal(id, { roles: ['auditor'] })])
    await expect(client.query(`UPDATE proposal SET frozen_request = '{}' WHERE id = $1`, [id])).rejects.toThrow(
      /never changes/,
    )
    await expect(client.query('UPDATE proposal SET proposer_id = $2 WHERE id = $1', [id, subjectId])).rejects.toThrow(
      /never changes/,
    )
    await withdraw(id)
    await expect(
      client.query(`UPDATE proposal SET status = 'waiting', decided_by_id = NULL, decided_at = NULL WHERE id = $1`, [
        id,
      ]),
    ).rejects.toThrow(/never changes/)
    await expect(client.query('DELETE FROM proposal WHERE id = $1', [id])).rejects.toThrow(/permission denied/)
  })

  it('is not confirmed after it has lapsed', async () => {
    const id = randomUUID()
    const [text, ...values] = insertProposal(id, {})
    await inOne([[text.replace("now() + interval '1 day'", "now() - interval '1 second'"), ...values]])
    await expect(inOne([confirmBy(id, console_.actors.administrator2.personId)])).rejects.toThrow(/lapsed/)
    await withdraw(id)
  })
})

describe('roles, by the database alone', () => {
  it('change by no statement without a confirmation in the same transaction', async () => {
    await expect(inOne([give(subjectId, 'auditor')])).rejects.toThrow(/proposal that somebody else confirmed/)
    await expect(inOne([['DELETE FROM person_role WHERE person_id = $1', subjectId]])).rejects.toThrow(
      /proposal that somebody else confirmed/,
    )
    await expect(inOne([[`UPDATE person_role SET role = 'auditor' WHERE person_id = $1`, subjectId]])).rejects.toThrow(
      /proposal that somebody else confirmed/,
    )
  })

  it('change to nothing but what was confirmed', async () => {
    const { administrator2 } = console_.actors
    const id = randomUUID()
    await inOne([insertProposal(id, { roles: ['auditor', 'viewer'] })])
    await expect(inOne([confirmBy(id, administrator2.personId), give(subjectId, 'approver')])).rejects.toThrow(
      /not the roles that were confirmed/,
    )
    await inOne([confirmBy(id, administrator2.personId), give(subjectId, 'auditor')])
    // The same confirmation carries no second change.
    await expect(inOne([give(subjectId, 'approver')])).rejects.toThrow(/proposal that somebody else confirmed/)
  })

  it('of a new person come with the confirmation, and not with a row that somebody writes', async () => {
    const id = randomUUID()
    const person = [
      `INSERT INTO person (id, issuer, subject, name, email, created_at, changed_at)
       VALUES ($1, 'local', 'raw', 'Raw', 'raw@example.test', now(), now())`,
      id,
    ] as const
    await expect(inOne([person, give(id, 'administrator')])).rejects.toThrow(/proposal that somebody else confirmed/)
    // Claims are a provider's word; a person of this installation has none.
    const claiming: readonly [string, ...unknown[]] = [`UPDATE person SET roles_from = 'claims' WHERE id = $1`, id]
    await expect(inOne([person, claiming, give(id, 'auditor')])).rejects.toThrow(/proposal that somebody else/)
  })

  it('never make an administrator custodian or approver, judged when all is written', async () => {
    const { administrator2 } = console_.actors
    const id = randomUUID()
    await inOne([insertProposal(id, { roles: ['administrator', 'approver'] })])
    const swap = [
      confirmBy(id, administrator2.personId),
      ['DELETE FROM person_role WHERE person_id = $1', subjectId],
    ] as const
    await expect(inOne([...swap, give(subjectId, 'administrator'), give(subjectId, 'approver')])).rejects.toThrow(
      /never custodian or approver/,
    )
    await withdraw(id)
  })

  it('are given freely to the very first people only', async () => {
    const fresh = await createTestConsole()
    const own = new pg.Client({ connectionString: fresh.database.url })
    await own.connect()
    const { ctx, actors } = fresh
    await inOne([give(actors.viewer.personId, 'auditor')], own)
    const event = `INSERT INTO audit_event (at, type, phase, details) VALUES (now(), 'person.created', 'noted', '{}')`
    await inOne([[event], give(actors.auditor.personId, 'viewer')], own)
    await expect(inOne([give(actors.viewer.personId, 'custodian')], own)).rejects.toThrow(/somebody else confirmed/)
    await expect(own.query(`DELETE FROM audit_event`)).rejects.toThrow(/permission denied/)
    const proposed = await proposeRoles(ctx, actors.administrator, {
      personId: actors.viewer.personId,
      roles: ['viewer'],
      reason: 'Fewer',
    })
    expect(await confirm(ctx, actors.administrator2, idOf(proposed))).toMatchObject({ ok: true })
    await own.end()
    await fresh.close()
  })
})

describe('people and connections, by the database alone', () => {
  it('keep who they are, and stay closed until two open them', async () => {
    await expect(client.query(`UPDATE person SET subject = 'other' WHERE id = $1`, [subjectId])).rejects.toThrow(
      /never change/,
    )
    await client.query('UPDATE person SET disabled_at = now() WHERE id = $1', [subjectId])
    await expect(inOne([['UPDATE person SET disabled_at = NULL WHERE id = $1', subjectId]])).rejects.toThrow(
      /enabled again by a proposal/,
    )
    await expect(client.query('DELETE FROM person')).rejects.toThrow(/permission denied/)
  })

  it.each([
    ['URL', `url = 'https://evil.vault.azure.net'`],
    ['credential', `credential = '{"type":"default"}'`],
    ['name', `name = 'Other'`],
    ['environment', `environment = 'production'`],
  ])('keep the %s of a connection', async (_, change) => {
    const { vault } = console_.connections
    await expect(inOne([[`UPDATE connection SET ${change} WHERE id = $1`, vault.id]])).rejects.toThrow(
      /proposal that somebody else confirmed/,
    )
    await expect(client.query('DELETE FROM connection')).rejects.toThrow(/permission denied/)
  })

  it('hold the owner of the tables to it too', async () => {
    const owner = new pg.Client({ connectionString: console_.database.ownerUrl })
    await owner.connect()
    await expect(inOne([give(subjectId, 'approver')], owner)).rejects.toThrow(/proposal that somebody else confirmed/)
    await expect(owner.query('TRUNCATE proposal CASCADE')).rejects.toThrow(/append-only/)
    await owner.end()
  })
})
