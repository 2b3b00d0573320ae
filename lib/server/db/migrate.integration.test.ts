import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database/create-test-database'
import { bundle } from '../../../scripts/lib/bundle.mjs'
import { OWNER_ROLE } from '../../../scripts/lib/postgres-roles.mjs'

const importer = '00000000-0000-4000-8000-000000000001'
const approver = '00000000-0000-4000-8000-000000000002'
const connection = '00000000-0000-4000-8000-000000000003'
const importId = '00000000-0000-4000-8000-000000000004'

const insertPeople = `WITH made AS (
    INSERT INTO person (id, issuer, subject, name, email, created_at, changed_at)
    SELECT id, 'local', id::text, 'P', id::text, now() - interval '1 day', now() - interval '1 day'
      FROM unnest(ARRAY['${importer}', '${approver}']::uuid[]) AS id RETURNING id)
  INSERT INTO person_role (person_id, role, granted_at) SELECT id, 'approver', now() FROM made`
const insertConnection = `INSERT INTO connection (id, name, kind, url, environment, credential, created_at)
  VALUES ('${connection}', 'v', 'azure_key_vault', 'http://127.0.0.1:1', 'local', '{}', now())`
const insertImport = `INSERT INTO import (id, origin, reference, importer_id, connection_id, kek_kid, kek_spki_sha256, key_name, created_name,
    status, target, file_name, file_sha256, file_length, sent_sha256, sent_length, preflight, submitted_at, frozen_request, frozen_sha256)
  VALUES ('${importId}', 'transfer_blob', 'IMP-1', '${importer}', '${connection}', 'kid', 'aa', 'k', true,
    'awaiting_review', '{}', 'f.byok', 'bb', 1, 'bb', 1, '{}', now(), '{}', 'cc')`
const insertApproval = (
  by: string,
  { sha256 = 'cc', expires = "now() + interval '1 day'", decision = 'approve' } = {},
) =>
  `INSERT INTO approval (id, import_id, importer_id, approver_id, decision, reason, frozen_sha256, decided_at, expires_at, act_before)
   VALUES (gen_random_uuid(), '${importId}', '${importer}', '${by}', '${decision}', 'r', '${sha256}', now(), ${expires}, now())`
const insertAudit = `INSERT INTO audit_event (at, type, phase, details) VALUES (now(), 't', 'noted', '{}')`

describe('what the database itself refuses the application’s user', () => {
  let database: TestDatabase
  let client: pg.Client

  beforeAll(async () => {
    database = await createTestDatabase()
    client = new pg.Client({ connectionString: database.url })
    await client.connect()
    await client.query(insertPeople)
    await client.query(insertConnection)
    await client.query(insertImport)
    await client.query(insertAudit)
  })
  afterAll(async () => {
    await client.end()
    await database.drop()
  })

  /** Runs the statements in a transaction that is rolled back: every case begins from the same rows. */
  const attempt = async (...statements: string[]) => {
    await client.query('BEGIN')
    try {
      for (const statement of statements) await client.query(statement)
    } finally {
      await client.query('ROLLBACK')
    }
  }

  it.each([
    ['UPDATE', `UPDATE audit_event SET type = 'x'`],
    ['DELETE', 'DELETE FROM audit_event'],
    ['TRUNCATE', 'TRUNCATE audit_event'],
    ['dropping its trigger', 'DROP TRIGGER audit_event_append_only ON audit_event'],
    ['switching triggers off', 'SET session_replication_role = replica'],
  ])('the audit log: %s', async (_what, sql) => {
    await expect(attempt(sql)).rejects.toThrow(/permission denied|must be owner/)
  })

  it('an approval by the importer', async () => {
    await expect(attempt(insertApproval(importer))).rejects.toThrow('approval_not_by_importer')
  })

  it('an approval that names another importer than its import has', async () => {
    const forged = insertApproval(importer).replace(`'${importId}', '${importer}'`, `'${importId}', '${approver}'`)
    await expect(attempt(forged)).rejects.toThrow('approval_import_fkey')
  })

  it('an approval that names no importer', async () => {
    const anonymous = insertApproval(importer).replace(`'${importId}', '${importer}'`, `'${importId}', NULL`)
    await expect(attempt(anonymous)).rejects.toThrow('approval_names_importer')
  })

  it('a second valid approval by the same officer', async () => {
    await expect(attempt(insertApproval(approver), insertApproval(approver))).rejects.toThrow('approval_one_valid')
  })

  it.each([
    `importer_id = '${approver}'`,
    `file_sha256 = 'x'`,
    `key_name = 'x'`,
    `origin = 'sealed_in_browser'`,
    `frozen_sha256 = 'x'`,
    `frozen_request = 'x'`,
  ])('changing an import: %s', async (change) => {
    await expect(attempt(`UPDATE import SET ${change}`)).rejects.toThrow(/never change/)
  })

  it.each([
    ['of an unknown origin', `'transfer_blob'`, `'from_an_hsm'`, 'import_origin_known'],
    ['over TLS with a digest of what was sent', `'transfer_blob'`, `'over_tls'`, 'import_blob_unless_over_tls'],
    ['by a blob without its digest', `'f.byok', 'bb'`, `'f.byok', NULL`, 'import_blob_unless_over_tls'],
    ['by a blob without its KEK', `'kid', 'aa'`, `NULL, NULL`, 'import_blob_unless_over_tls'],
  ])('an import %s', async (_what, word, other, rule) => {
    const another = insertImport.replaceAll(importId, '00000000-0000-4000-8000-000000000009').replace('IMP-1', 'IMP-9')
    expect(another).toContain(word)
    await expect(attempt(another.replace(word, other))).rejects.toThrow(rule)
    await attempt(another)
  })

  it.each(['enabling', 'enabled'])('%s without an approval', async (status) => {
    await expect(attempt(`UPDATE import SET status = '${status}'`)).rejects.toThrow('needs a valid approval')
  })

  it.each([
    ['of another frozen request', { sha256: 'dd' }],
    ['that expired', { expires: "now() - interval '1 second'" }],
    ['that is a rejection', { decision: 'reject' }],
  ])('enabling on an approval %s', async (_what, how) => {
    const act = attempt(insertApproval(approver, how), `UPDATE import SET status = 'enabling'`)
    await expect(act).rejects.toThrow('needs a valid approval')
  })

  it('enabling on an approval that was voided', async () => {
    const act = attempt(
      insertApproval(approver),
      'UPDATE approval SET voided_at = now()',
      `UPDATE import SET status = 'enabling'`,
    )
    await expect(act).rejects.toThrow('needs a valid approval')
  })

  it('nothing of the regular way: an approval by somebody else enables', async () => {
    await attempt(
      insertApproval(approver),
      `UPDATE import SET status = 'enabling'`,
      'UPDATE approval SET acted_at = now()',
      `UPDATE import SET status = 'enabled'`,
    )
  })

  it.each(["reason = 'x'", `approver_id = '${importer}'`, "expires_at = now() + interval '9 days'"])(
    'rewriting an approval: %s',
    async (change) => {
      await expect(attempt(insertApproval(approver), `UPDATE approval SET ${change}`)).rejects.toThrow(
        'permission denied',
      )
    },
  )

  it('acting twice on one approval', async () => {
    const act = attempt(
      insertApproval(approver),
      'UPDATE approval SET acted_at = now()',
      "UPDATE approval SET acted_at = now() + interval '1 s'",
    )
    await expect(act).rejects.toThrow('each once')
  })

  it.each(['approval', 'import', 'operation', 'enable_request'])('deleting from %s', async (table) => {
    await expect(attempt(`DELETE FROM ${table}`)).rejects.toThrow('permission denied')
    await expect(attempt(`TRUNCATE ${table} CASCADE`)).rejects.toThrow('permission denied')
  })

  it.each([
    ['a table', 'CREATE TABLE t (a int)'],
    ['a temporary table', 'CREATE TEMPORARY TABLE approval (a int)'],
    ['a function', 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$'],
    ['a migration record', `DELETE FROM _prisma_migrations`],
    ['another role', `SET ROLE ${OWNER_ROLE}`],
  ])('making or taking %s', async (_what, sql) => {
    await expect(attempt(sql)).rejects.toThrow('permission denied')
  })
})

describe('what the triggers refuse even the owner', () => {
  it.each([
    ['UPDATE', `UPDATE audit_event SET type = 'x'`],
    ['DELETE', 'DELETE FROM audit_event'],
    ['TRUNCATE', 'TRUNCATE audit_event'],
  ])('the audit log: %s', async (what, sql) => {
    const database = await createTestDatabase()
    const owner = new pg.Client({ connectionString: database.ownerUrl })
    await owner.connect()
    await owner.query(insertAudit)
    await expect(owner.query(sql)).rejects.toThrow(`${what} is refused`)
    await owner.end()
    await database.drop()
  })
})

describe('migrating', () => {
  const program = path.resolve('build', `migrate-test-${process.pid}.mjs`)
  afterAll(() => rmSync(program, { force: true }))

  const migrateInProcess = (url: string) =>
    new Promise<string>((resolve, reject) => {
      const child = spawn(process.execPath, [program], { env: { ...process.env, DATABASE_OWNER_URL: url } })
      let output = ''
      let errors = ''
      child.stdout.on('data', (chunk) => {
        output += chunk
      })
      child.stderr.on('data', (chunk) => {
        errors += chunk
      })
      child.on('close', (code) => (code === 0 ? resolve(output) : reject(new Error(errors))))
    })

  it('is safe when three replicas start at once: one applies, all succeed, nothing is applied twice', async () => {
    const { superuserUrl } = inject('testCluster')
    const admin = new pg.Client({ connectionString: superuserUrl })
    await admin.connect()
    const name = `replicas_${process.pid}`
    await admin.query(`CREATE DATABASE ${name}`)
    const address = new URL(superuserUrl)
    address.pathname = `/${name}`
    await bundle('lib/server/db/migrate-main.ts', program)

    const outputs = await Promise.all([1, 2, 3].map(() => migrateInProcess(address.href)))

    expect(outputs.filter((output) => output.includes('initial'))).toHaveLength(1)
    const client = new pg.Client({ connectionString: address.href })
    await client.connect()
    const { rows } = await client.query('SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL')
    await client.end()
    expect(new Set(rows.map((row) => row.migration_name)).size).toBe(rows.length)
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.end()
  })
})
