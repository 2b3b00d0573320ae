import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { addressOf, OWNER_ROLE } from '../../scripts/lib/postgres-roles.mjs'
import { dataFolder } from './installation'

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(dataFolder(), file), 'utf8'))

/** The embedded database's address, as its owner: it may read every table. */
export function databaseUrl(): string {
  const { port } = z.object({ port: z.int() }).parse(read('database.json'))
  const { ownerPassword } = z.object({ ownerPassword: z.string() }).parse(read('secrets.json'))
  return addressOf({ port, user: OWNER_ROLE, password: ownerPassword, database: 'drawbridge' })
}

/** One statement, past the console. */
export async function sql(text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: databaseUrl() })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(text, [...values])
    return rows
  } finally {
    await client.end()
  }
}
