import 'server-only'
import pg from 'pg'
import type { PrismaClient } from './generated/client'

/**
 * Under this key a client made by `createDatabase` keeps the pool that Prisma itself uses. Next bundles this module more
 * than once: all copies know one key.
 */
export const POOL = Symbol.for('drawbridge.pool')

/** The pool beneath a client, for what goes past Prisma. */
export function poolOf(db: PrismaClient): pg.Pool {
  const pool: unknown = Reflect.get(db, POOL)
  if (!(pool instanceof pg.Pool)) throw new Error('a database client that createDatabase did not make')
  return pool
}
