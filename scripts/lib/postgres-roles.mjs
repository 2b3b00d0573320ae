import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { SUPERUSER } from './postgres.mjs'

export const OWNER_ROLE = 'drawbridge_owner'
export const APPLICATION_ROLE = 'drawbridge_app'

/** Letters, digits, - and _ only: needs no quoting in SQL or in an address. */
export const randomSecret = () => randomBytes(24).toString('base64url')

/** @param {{ port: number, user: string, password: string, database: string }} where */
export const addressOf = ({ port, user, password, database }) =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${database}`

/** @param {pg.Client} client @param {string} role @param {string} password */
async function ensureRole(client, role, password) {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER'
  await client.query(`${verb} ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '${password}'`)
}

/**
 * Two users: the owner migrates, the application only reads and writes rows. Repeats harmlessly.
 * @param {{ port: number, password: string, database: string, owner: string, application: string }} options passwords
 */
export async function ensureRolesAndDatabase({ port, password, database, owner, application }) {
  const client = new pg.Client({
    connectionString: addressOf({ port, user: SUPERUSER, password, database: 'postgres' }),
  })
  await client.connect()
  try {
    await ensureRole(client, OWNER_ROLE, owner)
    await ensureRole(client, APPLICATION_ROLE, application)
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database} OWNER ${OWNER_ROLE}`)
    await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`)
    await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${APPLICATION_ROLE}`)
  } finally {
    await client.end()
  }
}
