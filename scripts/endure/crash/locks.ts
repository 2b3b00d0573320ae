import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Ground } from './ground'
import type { Sealed } from './keys'

/** A connection of the test's own that holds something the console needs. */
export interface Obstacle {
  pid: number
  /** Lets go, and leaves nothing behind. */
  remove: () => Promise<void>
}

async function hold({ ownerUrl }: Ground, text: string, values: readonly unknown[]): Promise<Obstacle> {
  const client = new pg.Client({ connectionString: ownerUrl })
  client.on('error', () => undefined) // the suite ends its database before its connections
  await client.connect()
  await client.query('BEGIN')
  const { rowCount } = await client.query(text, [...values])
  if (rowCount === 0) throw new Error(`there is nothing to hold: ${text}`)
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return {
    pid: rows[0]?.pid ?? 0,
    remove: async () => {
      await client.query('ROLLBACK')
      await client.end()
    },
  }
}

/** An open intent on the same key, not yet committed: the console's own has to wait until it is known what becomes of it. */
export function holdIntentOf(ground: Ground, { keyName, input }: Sealed): Promise<Obstacle> {
  return hold(
    ground,
    `INSERT INTO operation (id, kind, connection_id, key_name, actor_id, params, status, started_at, deadline_at)
     VALUES ($1, 'disable_key', $2, $3, $1, '{}', 'pending', now(), now())`,
    [randomUUID(), input.connectionId, keyName],
  )
}

/** The open intent's row: no outcome of it can be written. */
export function holdOutcomeOf(ground: Ground, { keyName }: Sealed): Promise<Obstacle> {
  const open = `SELECT 1 FROM operation WHERE key_name = $1 AND status IN ('pending', 'indeterminate') FOR UPDATE`
  return hold(ground, open, [keyName])
}

/** The call's idempotency row: its answer can't be kept, so it is not given. */
export function holdAnswerOf(ground: Ground, idempotencyKey: string): Promise<Obstacle> {
  return hold(ground, 'SELECT 1 FROM idempotency WHERE key = $1 FOR UPDATE', [idempotencyKey])
}

/** How many of these obstacles somebody waits for at this moment. */
export async function countBlocked({ sql }: Ground, obstacles: readonly Obstacle[]): Promise<number> {
  // Not by what they wait for: of another user's backends the owner is told no more than that they are there.
  const rows = await sql<{ pid: number }>(
    'SELECT DISTINCT blocker AS pid FROM pg_stat_activity, unnest(pg_blocking_pids(pid)) AS blocker',
  )
  return obstacles.filter(({ pid }) => rows.some((row) => row.pid === pid)).length
}
