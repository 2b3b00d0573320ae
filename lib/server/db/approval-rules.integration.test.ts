import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database/create-test-database'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const importer = id(1)
const requester = id(2)
const [anna, bent, carl, dora] = [id(11), id(12), id(13), id(14)]
const stranger = id(15)
const connection = id(21)
const importId = id(31)
const enableId = id(41)
const keyVersion = id(51)

const people = `WITH made AS (
    INSERT INTO person (id, issuer, subject, name, email, created_at, changed_at)
    SELECT id, 'local', id::text, 'P', id::text, now() - interval '1 day', now() - interval '1 day'
      FROM unnest(ARRAY['${[importer, requester, anna, bent, carl, dora].join("','")}']::uuid[]) AS id RETURNING id)
  INSERT INTO person_role (person_id, role, granted_at) SELECT id, 'approver', now() FROM made`
const rows = [
  people,
  `INSERT INTO connection (id, name, kind, url, environment, credential, created_at, approvals_required)
   VALUES ('${connection}', 'v', 'azure_key_vault', 'http://127.0.0.1:1', 'local', '{}', now(), 2)`,
  `INSERT INTO import (id, origin, reference, importer_id, connection_id, kek_kid, kek_spki_sha256, key_name, created_name, status,
     target, file_name, file_sha256, file_length, sent_sha256, sent_length, preflight, submitted_at, frozen_request, frozen_sha256)
   VALUES ('${importId}', 'transfer_blob', 'IMP-1', '${importer}', '${connection}', 'kid', 'aa', 'k', true, 'awaiting_review',
     '{}', 'f.byok', 'bb', 1, 'bb', 1, '{}', now() - interval '1 hour', '{}', 'cc')`,
  `INSERT INTO enable_request (id, requester_id, importer_id, connection_id, key_name, key_version, kid, reason, status,
     frozen_request, frozen_sha256, requested_at)
   VALUES ('${enableId}', '${requester}', '${importer}', '${connection}', 'k', 'v', 'kid', 'r', 'awaiting_review',
     '{}', 'ee', now() - interval '1 hour')`,
  `INSERT INTO key_record (id, connection_id, name, origin, tags, refreshed_at)
   VALUES ('${id(50)}', '${connection}', 'k', 'unknown', '{}', now())`,
  `INSERT INTO key_version (id, key_record_id, version, kid, enabled, key_ops, tags, refreshed_at, compromised_at)
   VALUES ('${keyVersion}', '${id(50)}', 'v', 'kid', false, '{}', '{}', now(), now() - interval '1 hour')`,
]

const ofImport = `'${importId}', '${importer}', NULL, NULL`
const ofRequest = `NULL, '${importer}', '${enableId}', '${requester}'`

interface HowApproved {
  of?: string
  decision?: 'approve' | 'reject'
  sha256?: string
  expires?: string
}
function approval(by: string, { of = ofImport, decision = 'approve', sha256, expires = '1 day' }: HowApproved = {}) {
  return `INSERT INTO approval (id, import_id, importer_id, enable_request_id, requester_id, approver_id, decision, reason,
      frozen_sha256, decided_at, expires_at, act_before)
    VALUES (gen_random_uuid(), ${of}, '${by}', '${decision}', 'r', '${sha256 ?? (of === ofImport ? 'cc' : 'ee')}', now(),
      now() + interval '${expires}', now())`
}
const enableImport = `UPDATE import SET status = 'enabling'`
const enableAgain = `UPDATE enable_request SET status = 'enabling'`
const changed = (who: string) => `UPDATE person SET changed_at = now() WHERE id = '${who}'`
const alike = (who: string, other: string) =>
  `UPDATE person SET email = (SELECT upper(email) FROM person WHERE id = '${other}') WHERE id = '${who}'`
const disabled = (who: string) => `UPDATE person SET disabled_at = now() WHERE id = '${who}'`
const roleTaken = (who: string) => `DELETE FROM person_role WHERE person_id = '${who}'`
const frozen = (after: object) => `'${JSON.stringify({ after })}'`
function proposal(kind: string, subject: string, after: object, proposalId = randomUUID()) {
  return [
    `INSERT INTO proposal (id, kind, subject_id, proposer_id, reason, status, frozen_request, frozen_sha256, proposed_at, expires_at)
     VALUES ('${proposalId}', '${kind}', '${subject}', '${anna}', 'r', 'waiting', ${frozen(after)}, 'dd', now(), now() + interval '1 day')`,
    `UPDATE proposal SET status = 'confirmed', decided_by_id = '${bent}', decided_at = now() WHERE id = '${proposalId}'`,
  ]
}
interface Policy {
  approvalsRequired: number
  approverIds: string[]
}
const setPolicy = ({ approvalsRequired, approverIds }: Policy) =>
  `UPDATE connection SET approvals_required = ${approvalsRequired}, approver_ids = '{${approverIds.join(',')}}'`
const policy = (to: Policy) => [...proposal('change_approval_policy', connection, to), setPolicy(to)]
const named = (...approverIds: string[]) => policy({ approvalsRequired: 2, approverIds })
const required = (approvalsRequired: number) => policy({ approvalsRequired, approverIds: [] })

let database: TestDatabase
let client: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  for (const statement of rows) await client.query(statement)
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

/** In a transaction that is rolled back; what is judged at COMMIT is judged here too. */
async function attempt(...statements: string[]) {
  await client.query('BEGIN')
  try {
    for (const statement of statements) await client.query(statement)
    await client.query('SET CONSTRAINTS ALL IMMEDIATE')
  } finally {
    await client.query('ROLLBACK')
  }
}

describe.each([
  ['an import', ofImport, enableImport],
  ['a request to enable again', ofRequest, enableAgain],
])('a vault that asks for two approvals of %s', (_, of, enable) => {
  const by = (who: string, how: HowApproved = {}) => approval(who, { of, ...how })

  it('is served by two officers', async () => {
    await attempt(by(anna), by(bent), enable)
  })

  it('is not served by one, nor by one twice', async () => {
    await expect(attempt(by(anna), enable)).rejects.toThrow('needs a valid approval of its frozen request by 2')
    await expect(attempt(by(anna), by(anna), enable)).rejects.toThrow('approval_one_valid_per')
  })

  it.each([
    ['of another frozen request', by(bent, { sha256: 'ff' })],
    ['that lapsed', by(bent, { expires: '-1 second' })],
    ['that is a rejection', by(bent, { decision: 'reject' })],
  ])('does not count one %s', async (_what, second) => {
    await expect(attempt(by(anna), second, enable)).rejects.toThrow('and has 1')
  })

  it.each([
    ['was disabled', disabled(bent)],
    ['lost the role', roleTaken(bent)],
    ['was changed', changed(bent)],
    ['is no longer named', named(anna, carl)],
  ])('does not count an approver who %s in between', async (_what, event) => {
    await expect(attempt(by(anna), by(bent), ...[event].flat(), enable)).rejects.toThrow('and has 1')
  })

  it('is not served by two accounts of one human', async () => {
    await expect(attempt(alike(bent, anna), by(anna), by(bent))).rejects.toThrow('another account of who has decided')
  })

  it('is not served while a rejection stands', async () => {
    await expect(attempt(by(anna), by(bent), by(carl, { decision: 'reject' }), enable)).rejects.toThrow(
      'it was rejected',
    )
  })

  it('takes the policy of that instant', async () => {
    await attempt(by(anna), ...required(1), enable)
    await expect(attempt(by(anna), by(bent), ...required(3), enable)).rejects.toThrow('and has 2')
  })

  it.each([
    ['was changed after it was asked for', [changed(carl)], carl, 'made or changed after'],
    ['is disabled', [disabled(carl)], carl, 'account is live'],
    ['is no approver', [roleTaken(carl)], carl, 'account is live'],
    ['is nobody', [], stranger, 'account is live'],
    ['is not among the named', named(anna, bent), carl, 'names its approvers'],
    ['is another account of the importer', [alike(carl, importer)], carl, 'another account of who imported'],
    ['imported the key', [], importer, 'approval_not_by_importer'],
  ])('takes no decision, this way or that, of somebody who %s', async (_what, before, who, words) => {
    await expect(attempt(...before, by(who))).rejects.toThrow(words)
    await expect(attempt(...before, by(who, { decision: 'reject' }))).rejects.toThrow(words)
  })
})

describe.each([
  ['an import', ofImport, 'import'],
  ['a request to enable again', ofRequest, 'enable_request'],
])('an approval of %s', (_, of, table) => {
  const given = [approval(anna, { of }), approval(bent, { of })]
  const step = (to: string) => `UPDATE ${table} SET status = '${to}'`
  const used = `UPDATE approval SET acted_at = now()`
  const voided = `UPDATE approval SET voided_at = now()`

  it('is voided while it waits, and again once nothing came of its act', async () => {
    await attempt(...given, voided)
    await attempt(...given, step('enabling'), step('awaiting_review'), voided)
  })

  it('is not voided while it is acted on, nor after', async () => {
    await expect(attempt(...given, step('enabling'), voided)).rejects.toThrow('it is being acted on')
    await expect(attempt(...given, step('enabling'), step('enabled'), used, voided)).rejects.toThrow('it was acted on')
  })
})

describe('a rejection that is acted on', () => {
  it('is not voided', async () => {
    const rejecting = `UPDATE import SET status = 'rejecting'`
    const voided = `UPDATE approval SET voided_at = now()`
    const rejected = approval(anna, { decision: 'reject' })
    await expect(attempt(rejected, rejecting, voided)).rejects.toThrow('it is being acted on')
    await attempt(rejected, rejecting, `UPDATE import SET status = 'awaiting_review'`, voided)
  })
})

describe('a request about a version', () => {
  const arrived = `UPDATE import SET key_version = 'w'`
  const decided = [approval(anna), approval(bent), enableImport, `UPDATE import SET status = 'enabled'`]
  const asked = (by: string | null) =>
    `INSERT INTO enable_request (id, requester_id, importer_id, connection_id, key_name, key_version, kid, reason, status,
       frozen_request, frozen_sha256, requested_at)
     VALUES (gen_random_uuid(), '${requester}', ${by ? `'${by}'` : 'NULL'}, '${connection}', 'K', 'w', 'kid', 'r',
       'awaiting_review', '{}', 'ff', now())`
  const making = (status: string) =>
    `INSERT INTO operation (id, kind, connection_id, key_name, actor_id, params, status, started_at, deadline_at, finished_at)
     VALUES (gen_random_uuid(), 'import_key', '${connection}', 'k', '${importer}', '{}', '${status}', now(), now(),
       ${status === 'pending' ? 'NULL' : 'now()'})`

  it('waits until it is known who made it', async () => {
    await attempt(making('succeeded'), asked(null))
    await expect(attempt(making('pending'), asked(null))).rejects.toThrow('is just being made')
    await expect(attempt(making('indeterminate'), asked(null))).rejects.toThrow('is just being made')
  })

  it('names the importer of an import, and is none past its own review', async () => {
    await attempt(arrived, ...decided, asked(importer))
    await expect(attempt(arrived, ...decided, asked(null))).rejects.toThrow('enabled by its own review first')
    await expect(attempt(arrived, asked(importer))).rejects.toThrow('enabled by its own review first')
  })
})

describe('who asked to enable again', () => {
  it('does not approve it', async () => {
    await expect(attempt(approval(requester, { of: ofRequest }))).rejects.toThrow('approval_not_by_requester')
  })
})

describe('when it was asked for', () => {
  it.each(['import SET submitted_at', 'enable_request SET requested_at'])('%s never moves', async (what) => {
    await expect(attempt(`UPDATE ${what} = now()`)).rejects.toThrow('never changes')
  })
})

describe('what was enabling', () => {
  it('is recorded as enabled, whatever has become of its approvers since', async () => {
    await attempt(approval(anna), approval(bent), enableImport, disabled(bent), `UPDATE import SET status = 'enabled'`)
  })

  it('is the only thing that becomes enabled', async () => {
    const straight = attempt(approval(anna), approval(bent), `UPDATE import SET status = 'enabled'`)
    await expect(straight).rejects.toThrow('to be enabling')
  })
})

describe('what takes two', () => {
  const weaker = { approvalsRequired: 1, approverIds: [] }
  const weaken = setPolicy(weaker)
  const unmark = 'UPDATE key_version SET compromised_at = NULL'
  const unmarked = { compromisedAt: null }
  const kind = 'change_approval_policy'
  const byTwo = 'by a proposal that somebody else confirmed'

  it('a policy changes in the transaction that confirms its proposal, as it was proposed', async () => {
    await attempt(...policy(weaker))
    await attempt(weaken, ...proposal(kind, connection, weaker))
  })

  it.each([
    ['without a proposal', []],
    ['by one that waits', proposal(kind, connection, weaker).slice(0, 1)],
    ['by one of another kind', proposal('change_connection', connection, weaker)],
    ['by one of another vault', proposal(kind, id(22), weaker)],
    ['by one of another policy', proposal(kind, connection, { ...weaker, approverIds: [carl] })],
  ])('a policy does not change %s', async (_, before) => {
    await expect(attempt(...before, weaken)).rejects.toThrow(byTwo)
  })

  it('the mark compromised goes in the transaction that confirms its proposal, and in no other', async () => {
    await attempt(...proposal('unmark_compromised', keyVersion, unmarked), unmark)
    await expect(attempt(unmark)).rejects.toThrow(byTwo)
    await expect(attempt(...proposal('unmark_compromised', id(52), unmarked), unmark)).rejects.toThrow(byTwo)
  })

  it('no earlier confirmation serves again', async () => {
    const earlier = [...proposal(kind, connection, weaker), ...proposal('unmark_compromised', keyVersion, unmarked)]
    for (const statement of earlier) await client.query(statement)
    await expect(attempt(weaken)).rejects.toThrow(byTwo)
    await expect(attempt(unmark)).rejects.toThrow(byTwo)
  })
})
