import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database/create-test-database'
import { createDatabase } from '../db/client'
import { readMigrationNames } from '../db/migrate-list'
import { askDatabase, becomeReady, beginDraining, readiness } from './readiness'

let database: TestDatabase
let own: string[]

beforeAll(async () => {
  database = await createTestDatabase()
  own = await readMigrationNames(path.resolve('prisma/migrations'))
})
afterAll(() => database.drop())

const clock = () => new Date()

async function asOwner(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  await client.query(sql)
  await client.end()
}

describe('a console is ready', () => {
  it('when the database answers and has been brought to where this build is', async () => {
    expect(await askDatabase({ ...database, clock }, own)).toBe('ready')
  })

  it('not while a migration of this build is missing, or half done, or one is there that it does not know', async () => {
    expect(await askDatabase({ ...database, clock }, [...own, '29991231235959_to_come'])).toBe('other-migrations')
    expect(await askDatabase({ ...database, clock }, own.slice(0, -1))).toBe('other-migrations')
    await asOwner(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '${own[0]}'`)
    expect(await askDatabase({ ...database, clock }, own)).toBe('other-migrations')
    await asOwner(`UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = '${own[0]}'`)
    expect(await askDatabase({ ...database, clock }, own)).toBe('ready')
  })

  it.each([
    ['ahead of', 1],
    ['behind', -1],
  ])('not while its clock is more than a minute %s the database’s', async (_, sign) => {
    const apart = (ms: number) => askDatabase({ ...database, clock: () => new Date(Date.now() + sign * ms) }, own)
    expect(await apart(3_600_000)).toBe('clock-apart')
    expect(await apart(30_000)).toBe('ready')
  })

  it('not when the database can’t be reached, and says so instead of waiting', async () => {
    const db = createDatabase('postgres://nobody:nothing@127.0.0.1:1/nowhere')
    const askedAt = performance.now()
    expect(await askDatabase({ db, clock }, own)).toBe('database-silent')
    expect(performance.now() - askedAt).toBeLessThan(9_000)
    await db.$disconnect()
  })

  it('not when the database takes the question and never answers it', async () => {
    const client = new pg.Client({ connectionString: database.ownerUrl })
    await client.connect()
    await client.query('BEGIN; LOCK TABLE _prisma_migrations IN ACCESS EXCLUSIVE MODE')
    expect(await askDatabase({ ...database, clock }, own)).toBe('database-silent')
    await client.query('ROLLBACK')
    await client.end()
    expect(await askDatabase({ ...database, clock }, own)).toBe('ready')
  })
})

describe('what a console says of itself', () => {
  it('is starting, then ready, then draining whatever the database says', async () => {
    expect(await readiness()).toBe('starting')
    becomeReady({ ...database, clock }, own)
    expect(await Promise.all([readiness(), readiness(), readiness()])).toEqual(['ready', 'ready', 'ready'])
    beginDraining()
    expect(await readiness()).toBe('draining')
  })
})
