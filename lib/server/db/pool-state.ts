import 'server-only'
import type { PrismaClient } from './generated/client'
import { poolOf } from './pool-of'

export interface PoolState {
  total: number
  idle: number
  /** Calls that wait for a connection. */
  waiting: number
}

export function poolState(db: PrismaClient): PoolState {
  const pool = poolOf(db)
  return { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }
}
