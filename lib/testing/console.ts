import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { HttpClient } from '@azure/core-rest-pipeline'
import PgBoss from 'pg-boss'
import type { ChannelName } from '@/lib/domain/notifications/delivery'
import { DUTIES } from '@/lib/domain/people/duties'
import type { Role } from '@/lib/domain/people/roles'
import type { AcknowledgedCall } from '@/lib/local-vault/acknowledged-log'
import { type LocalVault, startLocalVault } from '@/lib/local-vault/server'
import type { Actor, ConnectionRow, Context } from '@/lib/server/context'
import { acknowledgeDuties } from '@/lib/server/duties/acknowledge-duties'
import { pgBossQueue } from '@/lib/server/jobs/pg-boss-queue'
import { createRegistry } from '@/lib/server/providers/registry'
import { createTestDatabase, type TestDatabase } from './database/create-test-database'

const ROLES_OF = {
  custodian: ['custodian', 'approver'],
  custodian2: ['custodian', 'approver'],
  administrator: ['administrator'],
  administrator2: ['administrator'],
  auditor: ['auditor'],
  viewer: ['viewer'],
} as const satisfies Record<string, readonly Role[]>
export type TestPerson = keyof typeof ROLES_OF

export interface TestConsole {
  ctx: Context
  /** Sends through the same database; jobs wait in it, nobody works them off unless the test does. */
  database: TestDatabase
  actors: Record<TestPerson, Actor>
  connections: { vault: ConnectionRow; hsm: ConnectionRow }
  /** Where one was asked for. */
  standardVault: ConnectionRow | null
  vault: LocalVault
  /** Mutating calls as the local vaults acknowledged them, oldest first. */
  acknowledged: () => AcknowledgedCall[]
  /** Lets a call go that a `hold-…` name holds. */
  release: (keyName: string) => Promise<void>
  /** Names of the calls held now. */
  held: () => Promise<string[]>
  /** The vault's durable log of acknowledged calls. */
  acknowledgedFile: string
  /** Moves the console's clock, not the vault's. */
  advance: (ms: number) => void
  close: () => Promise<void>
}

export interface TestConsoleOptions {
  /** Milliseconds of the provider's calls, where a test has no patience for the contract's. */
  timeouts?: { read?: number; write?: number }
  /** Ways out of notifications; none by itself. */
  channels?: readonly ChannelName[]
  /** Another wire to the vaults. */
  httpClient?: HttpClient
  /** Another database than a fresh one of the run's cluster; it is dropped with the console. */
  database?: TestDatabase
  /** A third vault, of the standard tier. */
  standard?: boolean
}

/** A console without its web server: real database, real local vaults over HTTP, the real provider, real job rows. */
export async function createTestConsole({
  timeouts = {},
  channels = [],
  httpClient,
  database: given,
  standard = false,
}: TestConsoleOptions = {}): Promise<TestConsole> {
  const folder = mkdtempSync(path.join(tmpdir(), 'drawbridge-console-'))
  const [database, vault] = await Promise.all([
    given ?? createTestDatabase(),
    startLocalVault({ dataFolder: folder, ...(standard ? { vaults: { standard } } : {}) }),
  ])
  let offset = 0
  const clock = () => new Date(Date.now() + offset)
  const { token, admin } = vault.description
  const ctx: Context = {
    db: database.db,
    provider: createRegistry({
      credentials: {
        localClient: { tokenUrl: token.url, clientId: token.clientId, clientSecret: token.clientSecret },
        setting: () => undefined,
      },
      observerOf: () => ({ worked: () => undefined, failed: () => undefined }),
      timeouts,
      ...(httpClient ? { httpClient } : {}),
    }),
    jobs: pgBossQueue(new PgBoss({ connectionString: database.url })),
    channels,
    clock,
    newId: () => randomUUID(),
  }
  const actors = await createPeople(ctx)
  await acknowledgeAll(ctx, [actors.custodian, actors.custodian2])
  return {
    ctx,
    database,
    actors,
    ...(await createConnections(ctx, vault)),
    vault,
    acknowledged: () => readAcknowledged(folder),
    acknowledgedFile: path.join(folder, 'acknowledged.jsonl'),
    release: async (name) => {
      await fetch(`${admin.url}/release`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      })
    },
    held: async () => {
      const answer = (await (await fetch(`${admin.url}/held`)).json()) as { held: { name: string }[] } // our own vault's words
      return answer.held.map(({ name }) => name)
    },
    advance: (ms) => {
      offset += ms
    },
    close: async () => {
      await vault.close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function createPeople(ctx: Context): Promise<Record<TestPerson, Actor>> {
  return {
    custodian: await createPerson(ctx, 'custodian'),
    custodian2: await createPerson(ctx, 'custodian2'),
    administrator: await createPerson(ctx, 'administrator'),
    administrator2: await createPerson(ctx, 'administrator2'),
    auditor: await createPerson(ctx, 'auditor'),
    viewer: await createPerson(ctx, 'viewer'),
  }
}

/** Through the service, as officers do. */
async function acknowledgeAll(ctx: Context, custodians: readonly Actor[]): Promise<void> {
  for (const custodian of custodians) {
    const acknowledged = await acknowledgeDuties(ctx, custodian, { version: DUTIES.version })
    if (!acknowledged.ok) throw new Error(`duties not acknowledged: ${acknowledged.error.code}`)
  }
}

async function createPerson(ctx: Context, subject: TestPerson): Promise<Actor> {
  const now = ctx.clock()
  const sessionId = randomUUID()
  const person = await ctx.db.person.create({
    data: {
      issuer: 'local',
      subject,
      name: `Test ${subject}`,
      email: `${subject}@example.test`,
      createdAt: now,
      changedAt: now,
      roles: { create: ROLES_OF[subject].map((role) => ({ role, grantedAt: now })) },
      sessions: {
        create: { id: sessionId, createdAt: now, lastUseAt: now, expiresAt: new Date(now.getTime() + 8 * 3_600_000) },
      },
    },
  })
  const { id: personId, issuer, name, email } = person
  return { personId, issuer, subject, name, email, roles: ROLES_OF[subject], sessionId }
}

async function createConnections(
  ctx: Context,
  { description }: LocalVault,
): Promise<Pick<TestConsole, 'connections' | 'standardVault'>> {
  const rows = description.vaults.map(({ name, kind, url }) =>
    ctx.db.connection.create({
      data: {
        name,
        kind: kind === 'azure-key-vault' ? 'azure_key_vault' : 'azure_managed_hsm',
        url,
        environment: 'local',
        credential: { type: 'local-client' },
        createdAt: ctx.clock(),
      },
    }),
  )
  const created = await Promise.all(rows)
  const standardVault = created.find(({ name }) => name === 'local-standard') ?? null
  const vault = created.find((each) => each.kind === 'azure_key_vault' && each !== standardVault)
  const hsm = created.find(({ kind }) => kind === 'azure_managed_hsm')
  if (!vault || !hsm) throw new Error('the local vault has one vault of each kind')
  return { connections: { vault, hsm }, standardVault }
}

function readAcknowledged(folder: string): AcknowledgedCall[] {
  const lines = readFileSync(path.join(folder, 'acknowledged.jsonl'), 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as AcknowledgedCall) // our own vault's log
}
