import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database/create-test-database'
import { bundle } from '../../../scripts/lib/bundle.mjs'
import { migrate } from './migrate'
import { withSchemaEngine } from './migrate-engine'
import { readMigrations } from './migrate-list'

// What broke: a migration whose process was killed left a row without an end, and no console ever started again.

const FOLDER = path.resolve('prisma/migrations')
const program = path.resolve('build', `migrate-killed-${process.pid}.mjs`)
let parent: string
let template: TestDatabase

beforeAll(async () => {
  parent = mkdtempSync(path.join(tmpdir(), 'drawbridge-migrations-'))
  template = await createTestDatabase()
  await bundle('lib/server/db/migrate-main.ts', program)
})
afterAll(async () => {
  await template.drop()
  rmSync(parent, { recursive: true, force: true })
  rmSync(program, { force: true })
})

/** A database as an earlier version left it: the first migrations, and no more. */
async function earlierDatabase(name: string): Promise<{ url: string; client: pg.Client; drop: () => Promise<void> }> {
  const first = path.join(parent, name)
  const kept = readdirSync(FOLDER).sort().slice(0, 2)
  for (const entry of [...kept, 'migration_lock.toml'])
    cpSync(path.join(FOLDER, entry), path.join(first, entry), { recursive: true })
  const admin = new pg.Client({ connectionString: inject('testCluster').superuserUrl })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  const address = new URL(inject('testCluster').superuserUrl)
  address.pathname = `/${name}`
  const migrationsList = await readMigrations(first)
  await withSchemaEngine({ url: address.href }, (engine) =>
    engine.applyMigrations({ migrationsList, filters: { externalTables: [], externalEnums: [] } }),
  )
  const client = new pg.Client({ connectionString: address.href })
  await client.connect()
  return {
    url: address.href,
    client,
    drop: async () => {
      await client.end()
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.end()
    },
  }
}

const startMigrating = (url: string): ChildProcess =>
  spawn(process.execPath, [program], { env: { ...process.env, DATABASE_OWNER_URL: url }, stdio: 'ignore' })

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

/** The backends that wait for the table that is held. Asked on another connection: a transaction sees them as it began. */
async function waitingFor({ url }: { url: string }): Promise<number[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>(
    `SELECT pid FROM pg_locks WHERE locktype = 'relation' AND relation = 'connection'::regclass AND NOT granted`,
  )
  await client.end()
  return rows.map(({ pid }) => pid)
}

async function shapeOf(url: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(
    `SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'
     UNION ALL SELECT event_object_table, trigger_name, 'trigger' FROM information_schema.triggers
     ORDER BY 1, 2, 3`,
  )
  await client.end()
  return rows
}

describe('a console killed in a migration', () => {
  it.each([
    ['and its statement with it', 'terminated', 'after'],
    ['while the database goes on with its statement', 'goes on', 'after'],
    ['and started again while the database still waits with its statement', 'goes on', 'before'],
  ] as const)('%s: the next start finds its way', async (_what, statement, nextStart) => {
    const database = await earlierDatabase(`killed_${statement.replace(' ', '_')}_${nextStart}`)
    const { client, url } = database
    // Somebody reads a table that a later migration changes.
    await client.query('BEGIN; LOCK TABLE connection IN ACCESS SHARE MODE')
    const child = startMigrating(url)
    await expect.poll(() => waitingFor(database), { timeout: 30_000 }).toHaveLength(1)
    await kill(child)
    if (statement === 'terminated')
      await client.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [await waitingFor(database)])
    const early = nextStart === 'before' ? migrate({ ownerUrl: url }) : undefined
    if (early) {
      const waiting = `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`
      await expect.poll(async () => (await client.query(waiting)).rows, { timeout: 10_000 }).toEqual([{ n: 1 }])
    }
    await client.query('ROLLBACK')
    await (early ?? migrate({ ownerUrl: url }))
    expect(await migrate({ ownerUrl: url })).toEqual([])
    expect(await shapeOf(url)).toEqual(await shapeOf(template.ownerUrl))
    await database.drop()
  })
})
