import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import PgBoss from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keyState } from '@/lib/domain/keys/key-state'
import { type LocalVault, startLocalVault } from '@/lib/local-vault/server'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database/create-test-database'
import { checkPassword } from '../auth/password'
import type { Context } from '../context'
import { pgBossQueue } from '../jobs/pg-boss-queue'
import { createRegistry } from '../providers/registry'
import { approveImport } from '../reviews/approve-import'
import { decisionOn } from '../reviews/testing/import-key'
import { readLocalFile } from './local-file'
import { findCast } from './officers'
import { writePrivateJson } from './private-json'
import { setUp } from './set-up'

let folder: string
let localFile: string
let vault: LocalVault
let database: TestDatabase
let ctx: Context
const said: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'drawbridge-setup-'))
  localFile = path.join(folder, 'local.json')
  ;[vault, database] = await Promise.all([
    startLocalVault({ dataFolder: path.join(folder, 'vault') }),
    createTestDatabase(),
  ])
  const { token, vaults } = vault.description
  writePrivateJson(localFile, { console: { url: 'http://127.0.0.1:1' }, officers: [], vaults, token })
  ctx = {
    db: database.db,
    channels: [],
    clock: () => new Date(),
    newId: () => randomUUID(),
    jobs: pgBossQueue(new PgBoss({ connectionString: database.url })),
    provider: createRegistry({
      credentials: {
        localClient: { tokenUrl: token.url, clientId: token.clientId, clientSecret: token.clientSecret },
        setting: () => undefined,
      },
      observerOf: () => ({ worked: () => undefined, failed: () => undefined }),
    }),
  }
  await setUp(ctx, localFile, (line) => said.push(line))
})
afterAll(async () => {
  await vault.close()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the first start', () => {
  it('makes two administrators, two custodians who approve, and an auditor, whose passwords only the owner can read', async () => {
    const officers = readLocalFile(localFile)?.officers ?? []
    expect(officers.map(({ roles }) => roles.join('+')).sort()).toEqual([
      'administrator',
      'administrator',
      'auditor',
      'custodian+approver',
      'custodian+approver',
    ])
    expect(statSync(localFile).mode & 0o777).toBe(0o600)
    for (const { email, password } of officers) {
      const person = await ctx.db.person.findFirstOrThrow({ where: { email } })
      expect(person.passwordHash).toMatch(/^\$argon2id\$/)
      expect(await checkPassword(password, person.passwordHash)).toBe(true)
    }
  })

  it('leaves a dozen keys over both vaults in different states', async () => {
    const records = await ctx.db.keyRecord.findMany()
    const states = new Set(
      records.map((record) => keyState({ ...record, enabled: record.enabled ?? false }, new Date())),
    )
    expect(records.length).toBeGreaterThanOrEqual(12)
    expect([...states].sort()).toEqual(['active', 'deactivated', 'destroy_pending', 'pre_activation', 'suspended'])
    expect(new Set(records.map(({ connectionId }) => connectionId)).size).toBe(2)
    const imports = await ctx.db.import.findMany()
    expect(imports.map(({ status }) => status).sort()).toEqual(['awaiting_review', 'enabled', 'enabled', 'rejected'])
    expect(await ctx.db.operation.count({ where: { status: { not: 'succeeded' } } })).toBe(0)
    expect(await ctx.db.alarm.count()).toBe(0)
  })

  it('changes nothing when it runs again', async () => {
    const before = [await ctx.db.auditEvent.count(), readLocalFile(localFile)]
    const lines: string[] = []
    await setUp(ctx, localFile, (line) => lines.push(line))
    expect([await ctx.db.auditEvent.count(), readLocalFile(localFile)]).toEqual(before)
    expect(lines).toEqual([])
  })

  it('goes on where it was cut off', async () => {
    // The log can't be cut back, so a second making of the estate stands for the start after a crash.
    const cast = await findCast(ctx)
    if (!cast) throw new Error('no cast')
    const { makeEstate } = await import('./make-estate')
    const keys = await ctx.db.keyRecord.count()
    await makeEstate(ctx, cast, await ctx.db.connection.findMany())
    expect(await ctx.db.keyRecord.count()).toBe(keys)
    expect(await ctx.db.import.count()).toBe(4)
  })

  it('leaves a review that a newcomer can finish with the value beside the passwords', async () => {
    const exercise = readLocalFile(localFile)?.exercise
    const waiting = await ctx.db.import.findFirstOrThrow({ where: { status: 'awaiting_review' } })
    expect(exercise?.importReference).toBe(waiting.reference)
    const cast = await findCast(ctx)
    if (!cast) throw new Error('no cast')
    const decision = await decisionOn(ctx, waiting.id, exercise?.publicKeySha256 ?? '')
    expect(await approveImport(ctx, cast.approver, decision)).toEqual({ ok: true, value: { status: 'enabled' } })
    await setUp(ctx, localFile, () => undefined)
    expect(readLocalFile(localFile)?.exercise).toBeUndefined()
  })
})
