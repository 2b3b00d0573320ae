import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database/create-test-database'
import { createDatabase } from '../db/client'
import { type Allowance, digestForBucket, refillAllowance, SWEEP_EVERY, secondsOf, takeAllowance } from './rate-limit'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** One more comes so late that a test never sees it. */
const tenForLong: Allowance = { burst: 10, perMs: 3_600_000 }

async function letIn(bucket: string, times: number, allowance: Allowance, dbs = [database.db]): Promise<number> {
  const calls = Array.from({ length: times }, (_, n) => dbs[n % dbs.length] ?? database.db)
  const taken = await Promise.all(calls.map((db) => takeAllowance({ db }, bucket, allowance)))
  return taken.filter(({ ok }) => ok).length
}

/** Puts a bucket's instant somewhere, as only time could. */
async function moveBucket(bucket: string, interval: string): Promise<void> {
  const moved = await database.db.$executeRaw`
    UPDATE rate_limit SET full_until = full_until + ${interval}::interval WHERE bucket = ${bucket}`
  expect(moved).toBe(1)
}

describe('an allowance', () => {
  it('lets exactly its burst in of two hundred calls at once, from two consoles', async () => {
    const other = createDatabase(database.url)
    expect(await letIn(randomUUID(), 200, tenForLong, [database.db, other])).toBe(10)
    await other.$disconnect()
  })

  it('is each bucket’s own', async () => {
    const [one, two] = [randomUUID(), randomUUID()]
    expect(await letIn(one, 11, tenForLong)).toBe(10)
    expect(await letIn(two, 11, tenForLong)).toBe(10)
  })

  it('says how long until the next, and then lets one in', async () => {
    const bucket = randomUUID()
    await letIn(bucket, 10, tenForLong)
    const refused = await takeAllowance(database, bucket, tenForLong)
    expect(refused.ok).toBe(false)
    const wait = refused.ok ? 0 : refused.retryAfterMs
    expect(wait).toBeGreaterThan(tenForLong.perMs - 60_000)
    expect(wait).toBeLessThanOrEqual(tenForLong.perMs)
    await moveBucket(bucket, `-${wait} milliseconds`)
    expect(await letIn(bucket, 5, tenForLong)).toBe(1)
  })

  it('is not used up by being refused', async () => {
    const bucket = randomUUID()
    expect(await letIn(bucket, 100, tenForLong)).toBe(10)
    await moveBucket(bucket, `-${tenForLong.perMs} milliseconds`)
    expect(await letIn(bucket, 100, tenForLong)).toBe(1)
  })

  it('never saves up more than its burst, however long nobody came', async () => {
    const bucket = randomUUID()
    await letIn(bucket, 10, tenForLong)
    await moveBucket(bucket, '-30 days')
    expect(await letIn(bucket, 50, tenForLong)).toBe(10)
  })

  it('does not stay closed when the database’s clock was set back', async () => {
    const bucket = randomUUID()
    await letIn(bucket, 10, tenForLong)
    await moveBucket(bucket, '1 hour')
    expect(await letIn(bucket, 50, tenForLong)).toBe(10)
  })

  it('can be given back', async () => {
    const bucket = randomUUID()
    await letIn(bucket, 10, tenForLong)
    await refillAllowance(database, bucket)
    expect(await letIn(bucket, 11, tenForLong)).toBe(10)
  })

  it('leaves no rows behind that say nothing', async () => {
    const [spent, fresh] = [`old:${randomUUID()}`, `new:${randomUUID()}`]
    await letIn(fresh, 3, tenForLong)
    await database.db.rateLimit.create({ data: { bucket: spent, fullUntil: new Date(Date.now() - 86_400_000) } })
    for (let n = 0; n < SWEEP_EVERY; n += 50) await letIn(fresh, 50, tenForLong)
    const left = await database.db.rateLimit.findMany({ where: { bucket: { in: [spent, fresh] } } })
    expect(left.map(({ bucket }) => bucket)).toEqual([fresh])
  })

  it('closes when it can’t be counted', async () => {
    const gone = createDatabase('postgres://nobody:nothing@127.0.0.1:9/none')
    await expect(takeAllowance({ db: gone }, randomUUID(), tenForLong)).rejects.toThrow()
  })
})

describe('what was typed', () => {
  it('stands in a bucket as a digest, one however it is written', () => {
    expect(digestForBucket(' Amara@Example.test ')).toBe(digestForBucket('amara@example.test'))
    expect(digestForBucket('amara@example.test')).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each([
    [1, 1],
    [999, 1],
    [1_001, 2],
  ])('%i ms are %i s', (ms, seconds) => {
    expect(secondsOf(ms)).toBe(seconds)
  })
})
