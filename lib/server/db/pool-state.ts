import 'server-only'
import pg from 'pg'
import type { PrismaClient } from './generated/client'
import { POOL } from './statement-transaction'

export interface PoolState {
  total: number
  idle: number
  /** Calls that wait for a connection. */
  waiting: number
}

/** undefined for a client that `createDatabase` did not make. */
export function poolState(db: PrismaClient): PoolState | undefined {
  const pool: unknown = Reflect.get(db, POOL)
  if (!(pool instanceof pg.Pool)) return undefined
  return { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }
}
