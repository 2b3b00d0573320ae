import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ok } from '@/lib/domain/result'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import type { Context } from '../context'
import { performAction } from '../doors/perform-action'
import { Prisma } from './generated/client'
import { inStatementTransaction } from './statement-transaction'
import type { Statements } from './statements'
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

const ways = (ctx: Context) => ({
  'through Prisma': (work: (tx: Statements) => Promise<void>) => inTransaction(ctx.db, work),
  'by SQL alone': (work: (tx: Statements) => Promise<void>) => inStatementTransaction(ctx.db, work),
})
const CONSOLE_URL = 'http://127.0.0.1:1'
const MOST_TRIES = 6

/** Writes beside what it loses on, and always loses: another connection is faster each time. */
async function loseAgainAndAgain(way: keyof ReturnType<typeof ways>, losses: number) {
  const { ctx, actors } = testConsole
  const other = await ctx.db.rateLimit.create({ data: { bucket: randomUUID(), fullUntil: new Date(0) } })
  const trace = `trace-${randomUUID()}`
  let tries = 0
  const faster = () => rival.query('UPDATE rate_limit SET full_until = now() WHERE bucket = $1', [other.bucket])
  const answer = await performAction(
    ctx,
    {
      name: 'test.conflict',
      permission: 'account.manage',
      input: z.null(),
      run: async (watched) => {
        await ways(watched)[way](async (tx) => {
          tries += 1
          await tx.$queryRaw(Prisma.sql`SELECT full_until FROM rate_limit WHERE bucket = ${other.bucket}`)
          await tx.$queryRaw(
            Prisma.sql`INSERT INTO rate_limit (bucket, full_until) VALUES (${trace}, now()) RETURNING 1`,
          )
          if (tries <= losses) await faster()
          await tx.$queryRaw(
            Prisma.sql`UPDATE rate_limit SET full_until = now() WHERE bucket = ${other.bucket} RETURNING 1`,
          )
        })
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
  const left = await ctx.db.rateLimit.count({ where: { bucket: trace } })
  return { tries, left, answer: answer.ok ? 'ok' : answer.problem.code }
}

describe.each(['through Prisma', 'by SQL alone'] as const)('a conflict that is lost, %s', (way) => {
  it('is tried again until it is won', async () => {
    expect(await loseAgainAndAgain(way, 2)).toEqual({ tries: 3, left: 1, answer: 'ok' })
  })

  it('again and again, is given up after six tries, told as a conflict, and nothing of it is written', async () => {
    expect(await loseAgainAndAgain(way, 100)).toEqual({ tries: MOST_TRIES, left: 0, answer: 'conflict' })
  })
})
