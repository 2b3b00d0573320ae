import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ok } from '@/lib/domain/result'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import type { Context } from '../context'
import { performAction } from '../doors/perform-action'
import { Prisma } from './generated/client'
import { inOneFlight } from './statement-transaction'
import { inTransaction } from './transaction'

let testConsole: TestConsole
let rival: pg.Client
beforeAll(async () => {
  testConsole = await createTestConsole()
  rival = new pg.Client({ connectionString: testConsole.database.url })
  await rival.connect()
})
afterAll(async () => {
  await rival.end()
  await testConsole.close()
})

interface Race {
  /** The bucket that the rival touches first. */
  bucket: string
  trace: string
  losses: number
  tries: number
}

const read = ({ bucket }: Race) => Prisma.sql`SELECT full_until FROM rate_limit WHERE bucket = ${bucket}`
const leaveTrace = ({ trace }: Race) =>
  Prisma.sql`INSERT INTO rate_limit (bucket, full_until) VALUES (${trace}, now()) RETURNING 1`
const write = ({ bucket }: Race) =>
  Prisma.sql`UPDATE rate_limit SET full_until = now() WHERE bucket = ${bucket} RETURNING 1`
const faster = ({ bucket }: Race) => rival.query('UPDATE rate_limit SET full_until = now() WHERE bucket = $1', [bucket])

/** Any number: whoever holds it lets the others wait. */
const LOCK = 20_261_122

/** Waits for each try to stand at the lock with its snapshot taken, and is faster. */
async function winEach(race: Race, isOver: () => boolean): Promise<void> {
  const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${LOCK} AND NOT granted`
  while (race.tries < race.losses && !isOver()) {
    if ((await rival.query(waiting)).rowCount === 0) continue
    await faster(race)
    race.tries += 1
    // Queues behind the loser, and so has it again before the next try.
    await rival.query(`SELECT pg_advisory_unlock(${LOCK}); SELECT pg_advisory_lock(${LOCK})`)
  }
  await rival.query(`SELECT pg_advisory_unlock(${LOCK})`)
}

const WAYS = {
  'through Prisma': ({ db }: Context, race: Race) =>
    inTransaction(db, async (tx) => {
      race.tries += 1
      await tx.$queryRaw(read(race))
      await tx.$queryRaw(leaveTrace(race))
      if (race.tries <= race.losses) await faster(race)
      await tx.$queryRaw(write(race))
    }),
  'by SQL alone': async ({ db }: Context, race: Race) => {
    let isOver = false
    await rival.query(`SELECT pg_advisory_lock(${LOCK})`)
    const rivalry = winEach(race, () => isOver)
    const standAtLock = Prisma.sql`SELECT 1 FROM pg_advisory_xact_lock(${LOCK}::bigint)`
    try {
      await inOneFlight(db, [read(race), leaveTrace(race), standAtLock, write(race)])
      race.tries += 1
    } finally {
      isOver = true
      await rivalry
    }
  },
}
const CONSOLE_URL = 'http://127.0.0.1:1'
const MOST_TRIES = 6

/** Writes beside what it loses on, and always loses: another connection is faster each time. */
async function loseAgainAndAgain(way: keyof typeof WAYS, losses: number) {
  const { ctx, actors } = testConsole
  const { bucket } = await ctx.db.rateLimit.create({ data: { bucket: randomUUID(), fullUntil: new Date(0) } })
  const race: Race = { bucket, trace: `trace-${randomUUID()}`, losses, tries: 0 }
  const answer = await performAction(
    ctx,
    {
      name: 'test.conflict',
      permission: 'account.manage',
      input: z.null(),
      run: async (watched) => {
        await WAYS[way](watched, race)
        return ok('done')
      },
    },
    {
      origin: CONSOLE_URL,
      secFetchSite: 'same-origin',
      publicUrl: CONSOLE_URL,
      findActor: async () => actors.custodian,
    },
    { idempotencyKey: randomUUID(), input: null },
  )
  const left = await ctx.db.rateLimit.count({ where: { bucket: race.trace } })
  return { tries: race.tries, left, answer: answer.ok ? 'ok' : answer.problem.code }
}

describe.each(['through Prisma', 'by SQL alone'] as const)('a conflict that is lost, %s', (way) => {
  it('is tried again until it is won', async () => {
    expect(await loseAgainAndAgain(way, 2)).toEqual({ tries: 3, left: 1, answer: 'ok' })
  })

  it('again and again, is given up after six tries, told as a conflict, and nothing of it is written', async () => {
    expect(await loseAgainAndAgain(way, 100)).toEqual({ tries: MOST_TRIES, left: 0, answer: 'conflict' })
  })
})
