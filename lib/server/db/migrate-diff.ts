import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { withSchemaEngine } from './migrate-engine'
import { readMigrations } from './migrate-list'

/**
 * The SQL that leads from the migrations to prisma/schema.prisma; undefined when they agree.
 * @param url a superuser of a throw-away cluster: the migrations are played into a shadow database there.
 */
export async function missingMigration(url: string): Promise<string | undefined> {
  const schemaPath = path.resolve('prisma/schema.prisma')
  const schema = { path: schemaPath, content: await readFile(schemaPath, 'utf8') }
  const from = await readMigrations(path.resolve('prisma/migrations'))
  const filters = { externalTables: [], externalEnums: [] }
  return withSchemaEngine({ url, schema }, async (engine) => {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'migrations', ...from },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: true,
      filters,
    })
    return exitCode === 2 ? (stdout ?? '') : undefined
  })
}
