import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'

/** PostgreSQL's one-byte "char", found in its catalogs only. */
const CATALOG_CHAR = 18
const TEXT = 25

/**
 * `@prisma/adapter-pg` refuses "char" as unknown, but the schema engine reads catalogs and wants it as Character.
 * So the pool announces text and remembers, by the rows it hands out, which columns they were.
 */
class CatalogPool extends pg.Pool {
  readonly #charColumns = new WeakMap<object, number[]>()

  constructor(url: string) {
    super({ connectionString: url, max: 1, connectionTimeoutMillis: 10_000 })
    const original = this.query.bind(this) as (...args: unknown[]) => Promise<pg.QueryResult>
    const query = async (...args: unknown[]) => this.#announceText(await original(...args))
    this.query = query as typeof this.query // same arguments, same promise; Prisma's adapter never passes a callback
  }

  charColumnsOf(rows: object): number[] {
    return this.#charColumns.get(rows) ?? []
  }

  #announceText(result: pg.QueryResult): pg.QueryResult {
    const fields = result.fields ?? [] // a script of several statements answers with a list of results
    const columns = fields.flatMap((field, index) => (field.dataTypeID === CATALOG_CHAR ? [index] : []))
    for (const index of columns) Object.assign(fields[index] ?? {}, { dataTypeID: TEXT })
    if (columns.length > 0) this.#charColumns.set(result.rows, columns)
    return result
  }
}

/** Held by a migration's script for as long as it runs, by the very connection that runs it. "drws" in ASCII. */
export const SCRIPT_LOCK = 0x64727773

/**
 * The engine writes a migration's beginning before its script and its end after it, each by itself: a process killed
 * between them left a script that was applied and not on record, or on record and not applied. Here the end is written
 * in the script's own transaction. (The engine writes it once more, and nothing changes.)
 */
const recording = (script: string): string => `
  SELECT pg_advisory_xact_lock(${SCRIPT_LOCK});
  ${script}
  ;DO $recorded$ BEGIN
    IF to_regclass('_prisma_migrations') IS NOT NULL THEN
      UPDATE _prisma_migrations SET finished_at = clock_timestamp() WHERE finished_at IS NULL AND rolled_back_at IS NULL;
    END IF;
  END $recorded$`

/**
 * `@prisma/adapter-pg` also cuts a script at every `;`, which breaks any `$$ … ; … $$` body. Here the server cuts it:
 * a script goes whole, as one simple query, and is therefore one transaction unless it says otherwise.
 */
function mended(adapter: SqlDriverAdapter, pool: CatalogPool, recorded: boolean): SqlDriverAdapter {
  const overrides = {
    executeScript: async (script: string) => {
      await pool.query(recorded ? recording(script) : script)
    },
    queryRaw: async (query: SqlQuery) => {
      const result = await adapter.queryRaw(query)
      for (const index of pool.charColumnsOf(result.rows)) result.columnTypes[index] = ColumnTypeEnum.Character
      return result
    },
  }
  return new Proxy(adapter, {
    get: (target, property) => {
      if (property in overrides) return Reflect.get(overrides, property)
      const value: unknown = Reflect.get(target, property, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** The schema engine's way to a database: one connection, so that what a script sets holds for the next. */
export function wholeScriptAdapter(
  url: string,
  { recorded }: { recorded: boolean },
): SqlMigrationAwareDriverAdapterFactory & { end: () => Promise<void> } {
  const pools: CatalogPool[] = []
  const connect = async (address: string): Promise<SqlDriverAdapter> => {
    const pool = new CatalogPool(address)
    pool.on('error', () => undefined) // a lost idle connection shows at its next use
    pools.push(pool)
    return mended(await new PrismaPg(pool).connect(), pool, recorded)
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
