import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { env } from '../env'
import { PrismaClient } from './generated/client'
import { POOL } from './pool-of'
import { statementName } from './statement-names'
import { isInsideTransaction } from './transaction'

/** The application's database client: reads, conditional writes, transactions. */
export type Database = PrismaClient

const RAW_QUERY = /^\$(?:query|execute)Raw/
/** A model's name, or one of the raw queries: whatever would go to the database outside the open transaction. */
const isQuery = (property: string | symbol) =>
  typeof property === 'string' && (RAW_QUERY.test(property) || /^[a-z]/.test(property)) && property !== 'constructor'

/**
 * A plain query while a transaction of the same call is open reads another snapshot, and waits on the transaction's own locks:
 * it is a bug, and refused as one.
 */
function refusingInsideTransactions(client: PrismaClient, pool: pg.Pool): PrismaClient {
  return new Proxy(client, {
    get: (target, property) => {
      if (property === POOL) return pool
      if (isQuery(property) && isInsideTransaction()) {
        throw new Error(`ctx.db.${String(property)} inside an open transaction: use the transaction's own client`)
      }
      const value: unknown = Reflect.get(target, property, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** No query hangs for ever. What must be on record sooner has a limit of its own (`withinAuditTime`). */
const PATIENCE_MS = 10_000

/**
 * A connection that is lost between being made and being lent has nobody's ear, and Node ends the process for that. What is
 * sent over it later fails and says so. An option, not an event: Prisma makes its pool anew from these, if it is asked again.
 */
function listenForLoss(client: pg.ClientBase): void {
  client.on('error', () => undefined)
}

/** A client of its own on the given address; the caller disconnects it. */
export function createDatabase(url: string, { maxConnections = 10 } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
    pipeline: true, // statements that wait for nothing of each other's cross together
    onConnect: listenForLoss,
  })
  pool.on('error', () => undefined) // a lost idle connection shows at its next use
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    statementNameGenerator: ({ sql }) => statementName(sql),
  })
  return refusingInsideTransactions(new PrismaClient({ adapter, log: [] }), pool)
}

// Next may load this module twice (instrumentation and routes are bundled apart): one client a process, kept on globalThis.
const kept = globalThis as typeof globalThis & { drawbridgeDatabase?: Database }

/** The process's database client, made at first use. */
export function database(): Database {
  kept.drawbridgeDatabase ??= createDatabase(env().databaseUrl)
  return kept.drawbridgeDatabase
}

export async function disconnectDatabase(): Promise<void> {
  await kept.drawbridgeDatabase?.$disconnect()
  kept.drawbridgeDatabase = undefined
}
