import pg from 'pg'

export interface DatabaseDump {
  /** Every row of every table of every schema, as JSON text. */
  tables: Map<string, string>
  /** Columns that could hold raw bytes. */
  binaryColumns: string[]
}

const SYSTEM = `('pg_catalog', 'information_schema')`

/** By the owner's address: the application's user may not read everything. */
export async function dumpDatabase(ownerUrl: string): Promise<DatabaseDump> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const names = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ${SYSTEM}`,
    )
    const tables = new Map<string, string>()
    for (const { name } of names.rows) {
      const { rows } = await client.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t`)
      tables.set(name, rows.map(({ row }) => row).join('\n'))
    }
    const binary = await client.query<{ name: string }>(
      `SELECT format('%I.%I.%I', table_schema, table_name, column_name) AS name FROM information_schema.columns
        WHERE data_type IN ('bytea', 'oid') AND table_schema NOT IN ${SYSTEM}`,
    )
    return { tables, binaryColumns: binary.rows.map(({ name }) => name) }
  } finally {
    await client.end()
  }
}
