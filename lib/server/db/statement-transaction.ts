import 'server-only'
import type pg from 'pg'
import type { Prisma, PrismaClient } from './generated/client'
import { poolOf } from './pool-of'
import { statementName } from './statement-names'
import { serialised, TRANSACTION_PATIENCE } from './transaction'

/**
 * `inTransaction` for statements of which none waits for another's answer: the same pool, isolation and repetition,
 * without Prisma's query compiler, and BEGIN, they and COMMIT in one write, which crosses once. Nobody looks at an answer
 * before the COMMIT, so what must hold is the database's to refuse: a NULL where a column takes none. One statement that
 * fails undoes all, as in every transaction.
 */
export function inOneFlight(db: PrismaClient, statements: readonly Prisma.Sql[]): Promise<void> {
  const pool = poolOf(db)
  return serialised(() => attempt(pool, statements))
}

async function attempt(pool: pg.Pool, statements: readonly Prisma.Sql[]): Promise<void> {
  const client = await connect(pool)
  try {
    await send(client, statements)
    client.release()
  } catch (error) {
    // Answered behind all that is under way; where COMMIT has ended the transaction it does nothing.
    await query(client, 'ROLLBACK').then(
      () => client.release(),
      () => client.release(true),
    )
    throw error
  }
}

/** After a statement that failed, PostgreSQL refuses the others and answers COMMIT with ROLLBACK. */
async function send(client: pg.PoolClient, statements: readonly Prisma.Sql[]): Promise<void> {
  const answers = await Promise.all(inOneWrite(client, statements))
  const command = answers.at(-1)?.command
  if (command !== 'COMMIT') throw new Error(`the database answered COMMIT with ${command}`)
}

function inOneWrite(client: pg.PoolClient, statements: readonly Prisma.Sql[]): Promise<pg.QueryResult>[] {
  const { stream } = client.connection
  stream.cork()
  try {
    return [
      query(client, 'BEGIN ISOLATION LEVEL SERIALIZABLE'),
      ...statements.map(({ text, values }) => query(client, text, values)),
      query(client, 'COMMIT'),
    ]
  } finally {
    stream.uncork()
  }
}

/** One that still runs when the transaction's time ends takes its connection with it: those behind it wait for it. */
function query(client: pg.PoolClient, text: string, values?: unknown[]): Promise<pg.QueryResult> {
  const limited = { text, query_timeout: TRANSACTION_PATIENCE.timeout }
  return client.query(values ? { ...limited, name: statementName(text), values } : limited)
}

/** A connection in time, or an error; one that comes later goes back unused. */
async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  const connecting = pool.connect()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('timeout exceeded when trying to connect'))
      connecting.then((client) => client.release()).catch(() => undefined) // nobody waits for it any more
    }, TRANSACTION_PATIENCE.maxWait)
  })
  try {
    return await Promise.race([connecting, late])
  } finally {
    clearTimeout(timer)
  }
}
