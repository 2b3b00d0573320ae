import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'

/** PostgreSQL's one-byte "char" of its catalogs; Prisma's adapter knows only `character(n)`. */
const CATALOG_CHAR = 18
const CHARACTER = 1042

/**
 * The schema engine reads PostgreSQL's catalogs, whose "char" columns `@prisma/adapter-pg` refuses as unknown:
 * they are announced as `character`, which they are to the engine (it reads one letter).
 */
function readingCatalogs(pool: pg.Pool): pg.Pool {
  const original = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>
  const query = async (...args: unknown[]) => announceCatalogChars(await original(...args))
  // Same arguments, same promise; the callback form is not used by Prisma's adapter.
  return Object.assign(pool, { query: query as typeof pool.query })
}

function announceCatalogChars(result: pg.QueryResult): pg.QueryResult {
  for (const field of result.fields ?? []) if (field.dataTypeID === CATALOG_CHAR) field.dataTypeID = CHARACTER
  return result
}

/**
 * `@prisma/adapter-pg` cuts a script at every `;`, which breaks any `$$ … ; … $$` body. Here the server cuts it:
 * a script goes whole, as one simple query, and is therefore one transaction unless it says otherwise.
 */
function sendingScriptsWhole(adapter: SqlDriverAdapter, pool: pg.Pool): SqlDriverAdapter {
  const executeScript = async (script: string) => {
    await pool.query(script)
  }
  return new Proxy(adapter, {
    get: (target, property) => {
      if (property === 'executeScript') return executeScript
      const value: unknown = Reflect.get(target, property, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** The schema engine's way to a database: one connection, so that what a script sets holds for the next. */
export function wholeScriptAdapter(url: string): SqlMigrationAwareDriverAdapterFactory & { end: () => Promise<void> } {
  const pools: pg.Pool[] = []
  const connect = async (address: string): Promise<SqlDriverAdapter> => {
    const pool = readingCatalogs(new pg.Pool({ connectionString: address, max: 1, connectionTimeoutMillis: 10_000 }))
    pool.on('error', () => undefined) // a lost idle connection shows at its next use
    pools.push(pool)
    return sendingScriptsWhole(await new PrismaPg(pool).connect(), pool)
  }
  return {
    provider: 'postgres',
    adapterName: 'drawbridge-whole-script',
    connect: () => connect(url),
    connectToShadowDb: async () => connect(await makeShadowDatabase(url)),
    end: async () => {
      await Promise.all(pools.map((pool) => pool.end()))
    },
  }
}

/** Only `scripts/migration.mjs` gets here: on a throw-away cluster, which it deletes afterwards. */
async function makeShadowDatabase(url: string): Promise<string> {
  const name = `shadow_${Date.now()}`
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name}`)
  } finally {
    await client.end()
  }
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
