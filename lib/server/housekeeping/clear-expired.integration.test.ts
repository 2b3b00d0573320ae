import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { inTransaction } from '../db/transaction'
import { clearExpired } from './clear-expired'

let testConsole: TestConsole
beforeAll(async () => {
  testConsole = await createTestConsole()
})
afterAll(() => testConsole.close())

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const ago = (ms: number) => new Date(testConsole.ctx.clock().getTime() - ms)

async function addSession(endedAgo: number): Promise<string> {
  const id = randomUUID()
  const start = ago(endedAgo + 8 * 60 * MINUTE)
  const data = { id, personId: testConsole.actors.viewer.personId, createdAt: start, lastUseAt: start }
  await testConsole.ctx.db.session.create({ data: { ...data, expiresAt: ago(endedAgo) } })
  return id
}

async function addStepUp(sessionId: string, askedAgo: number, expiredAgo: number | null): Promise<string> {
  const id = randomUUID()
  const instants = { askedAt: ago(askedAgo), expiresAt: expiredAgo === null ? null : ago(expiredAgo) }
  await testConsole.ctx.db.stepUp.create({ data: { id, sessionId, action: 'a', paramsSha256: id, ...instants } })
  return id
}

async function addCall(startedAgo: number, key: string = randomUUID()): Promise<string> {
  const { ctx, actors } = testConsole
  const data = { personId: actors.custodian.personId, action: 'imports.submit', key, paramsSha256: '' }
  await ctx.db.idempotency.create({ data: { ...data, status: 'running', startedAt: ago(startedAgo) } })
  return key
}

async function addIntent(call: string, status: 'pending' | 'succeeded'): Promise<string> {
  const { ctx, actors, connections } = testConsole
  const id = randomUUID()
  const at = ago(31 * DAY)
  await ctx.db.operation.create({
    data: {
      ...{
        id,
        kind: 'import_key',
        connectionId: connections.vault.id,
        keyName: id,
        actorId: actors.custodian.personId,
      },
      ...{ params: {}, status, startedAt: at, deadlineAt: at, finishedAt: status === 'pending' ? null : at },
      callKey: `imports.submit ${call}`,
    },
  })
  return id
}

describe('clearing', () => {
  it('takes what is long over, and nothing that is in use, on record or referred to', async () => {
    const { ctx, actors } = testConsole
    const { db } = ctx
    const live = actors.custodian.sessionId
    const sessions = {
      old: await addSession(401 * DAY),
      kept: await addSession(399 * DAY),
      used: await addSession(401 * DAY),
    }
    const stepUps = {
      lapsed: await addStepUp(live, 2 * DAY, 2 * DAY - 5 * MINUTE),
      neverPassed: await addStepUp(live, 2 * DAY, null),
      asked: await addStepUp(live, 5 * MINUTE, null),
      passedNow: await addStepUp(live, 2 * DAY, -MINUTE),
      ofOldSession: await addStepUp(sessions.used, 60 * MINUTE, null),
    }
    const challenge = (expiresAt: Date) =>
      db.passkeyChallenge.create({
        data: { id: randomUUID(), sessionId: live, purpose: 'register', challenge: 'c', expiresAt },
      })
    const [, waiting] = [await challenge(ago(2 * DAY)), await challenge(ago(-MINUTE))]
    const calls = {
      old: await addCall(31 * DAY),
      kept: await addCall(29 * DAY),
      open: await addCall(31 * DAY),
      ended: await addCall(31 * DAY),
    }
    const intents = [await addIntent(calls.open, 'pending'), await addIntent(calls.ended, 'succeeded')]
    const events = await db.auditEvent.count()

    await clearExpired(ctx)
    await clearExpired(ctx)

    const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id).sort()
    const { asked, passedNow, ofOldSession } = stepUps
    expect(idsOf(await db.stepUp.findMany())).toEqual([asked, passedNow, ofOldSession].sort())
    expect(idsOf(await db.passkeyChallenge.findMany())).toEqual([waiting.id])
    expect((await db.idempotency.findMany()).map(({ key }) => key).sort()).toEqual([calls.kept, calls.open].sort())
    const { kept, used } = sessions
    const mine = await db.session.findMany({ where: { personId: actors.viewer.personId } })
    expect(idsOf(mine)).toEqual([actors.viewer.sessionId, kept, used].sort())
    expect(await db.session.count({ where: { id: live } })).toBe(1)
    expect(await db.operation.count({ where: { id: { in: intents } } })).toBe(2)
    expect(await db.auditEvent.count()).toBe(events)
  })

  it('takes more than one statement does at once', async () => {
    const { db } = testConsole.ctx
    await db.$executeRaw`
      INSERT INTO passkey_challenge (id, session_id, purpose, challenge, expires_at)
      SELECT gen_random_uuid(), gen_random_uuid(), 'register', 'c', ${ago(2 * DAY)} FROM generate_series(1, 10001)`
    await clearExpired(testConsole.ctx)
    expect(await db.passkeyChallenge.count({ where: { expiresAt: { lt: ago(DAY) } } })).toBe(0)
  })

  it('is asked for once in half a day, however many consoles do', async () => {
    const { ctx } = testConsole
    const ask = () => inTransaction(ctx.db, (tx) => ctx.jobs.send(tx, 'clear-expired', {}))
    await Promise.all(Array.from({ length: 5 }, ask))
    const jobs = await ctx.db.$queryRaw<{ halves: number; jobs: number }[]>`
      SELECT count(DISTINCT singleton_on)::int AS halves, count(*)::int AS jobs FROM pgboss.job WHERE name = 'clear-expired'`
    expect(jobs[0]?.jobs).toBe(jobs[0]?.halves) // noon may pass meanwhile
    expect(jobs[0]?.jobs).toBeGreaterThan(0)
  })
})
