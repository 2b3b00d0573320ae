import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import { env } from '../env'
import { type Prisma, PrismaClient } from './generated/client'

/** The application's database client: reads, conditional writes, transactions. */
export type Database = PrismaClient

/** What a function needs that runs inside somebody's transaction, or outside any. */
export type DatabaseTransaction = Prisma.TransactionClient

/** A client of its own on the given address; the caller disconnects it. */
export function createDatabase(url: string, { maxConnections = 10 } = {}): Database {
  const adapter = new PrismaPg({ connectionString: url, max: maxConnections, connectionTimeoutMillis: 2_000 })
  return new PrismaClient({ adapter, log: [] })
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
