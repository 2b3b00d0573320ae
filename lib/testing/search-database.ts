import pg from 'pg'

/** Tables of every schema in which any column of any row, as text, holds the words. */
export async function tablesHolding(url: string, words: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    )
    const holding: string[] = []
    for (const { name } of rows) {
      const found = await client.query(`SELECT 1 FROM ${name} t WHERE position($1 in t::text) > 0 LIMIT 1`, [words])
      if (found.rowCount) holding.push(name)
    }
    return holding
  } finally {
    await client.end()
  }
}
