import 'server-only'
import pg from 'pg'
import type { Prisma, PrismaClient } from './generated/client'
import { statementName } from './statement-names'
import type { Statements } from './statements'
import { serialised, TRANSACTION_PATIENCE } from './transaction'

/**
 * Under this key a client made by `createDatabase` keeps the pool that Prisma itself uses. Next bundles this module more
 * than once: all copies know one key.
 */
export const POOL = Symbol.for('drawbridge.pool')

/**
 * `inTransaction` for work that is nothing but SQL: the same pool, isolation, guard and repetition, without Prisma's
 * query compiler, which takes longer than the database does. `work` may run several times.
 */
export function inStatementTransaction<T>(db: PrismaClient, work: (tx: Statements) => Promise<T>): Promise<T> {
  const pool: unknown = Reflect.get(db, POOL)
  if (!(pool instanceof pg.Pool)) throw new Error('a database client that createDatabase did not make')
  return serialised(() => attempt(pool, work))
}

async function attempt<T>(pool: pg.Pool, work: (tx: Statements) => Promise<T>): Promise<T> {
  const client = await connect(pool)
  const lent = lend(client)
  const endsAt = performance.now() + TRANSACTION_PATIENCE.timeout
  const tooLong = setTimeout(() => lent.giveBack('broken'), TRANSACTION_PATIENCE.timeout)
  try {
    const begun = client.query('BEGIN ISOLATION LEVEL SERIALIZABLE') // not waited for: the next crosses with it
    const [value] = await Promise.all([work(statementsOn(client, endsAt)), begun])
    await commit(client)
    lent.giveBack('whole')
    return value
  } catch (error) {
    await client.query('ROLLBACK').then(
      () => lent.giveBack('whole'),
      () => lent.giveBack('broken'),
    )
    throw error
  } finally {
    clearTimeout(tooLong)
  }
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

/** Given back once, whoever comes first: the end, or the clock. */
function lend(client: pg.PoolClient) {
  const whenLost = () => undefined // its statements fail and say so
  client.on('error', whenLost)
  let isLent = true
  return {
    giveBack: (state: 'whole' | 'broken') => {
      if (!isLent) return
      isLent = false
      client.release(state === 'broken')
      if (state === 'whole') client.off('error', whenLost)
    },
  }
}

/** A statement that still runs when the transaction's time ends takes its connection with it: those behind it wait for it. */
function statementsOn(client: pg.PoolClient, endsAt: number): Statements {
  const rowsOf = async <T>(text: string, values: unknown[]) => {
    const statement = { name: statementName(text), text, values, query_timeout: timeUntil(endsAt) }
    const { rows } = await client.query(statement)
    return rows as T // as with Prisma's own raw queries, the statement's author says what its rows are
  }
  return {
    $queryRaw: <T>(sql: Prisma.Sql) => rowsOf<T>(sql.text, sql.values),
    $queryRawUnsafe: <T>(text: string, ...values: unknown[]) => rowsOf<T>(text, values),
  }
}

/** In milliseconds, at least one: the driver takes zero for "no limit". */
const timeUntil = (endsAt: number) => Math.max(1, Math.ceil(endsAt - performance.now()))

/** After a statement that failed, PostgreSQL answers COMMIT with ROLLBACK. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT')
  if (command !== 'COMMIT') throw new Error(`the database answered COMMIT with ${command}`)
}
