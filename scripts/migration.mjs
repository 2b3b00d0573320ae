// npm run migration -- <name>   writes prisma/migrations/<time>_<name>/migration.sql from the difference to schema.prisma
// npm run migration -- --check  says whether there is a difference: exit code 2 = yes, 0 = no
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from './lib/bundle.mjs'
import { embeddedBinaries } from './lib/postgres-binaries.mjs'
import { Problem, runCommand } from './lib/problem.mjs'
import { startTemporaryCluster } from './lib/temporary-cluster.mjs'

const stamp = () => new Date().toISOString().replace(/[-:T]/g, '').slice(0, 14)

/** @param {string} name @param {string} sql */
function write(name, sql) {
  const folder = path.join('prisma/migrations', `${stamp()}_${name}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'migration.sql'), sql)
  console.log(`Wrote ${folder}/migration.sql: read it before you commit it.`)
}

async function findDifference() {
  await bundle('lib/server/db/migrate-diff.ts', 'build/migrate-diff.mjs')
  const { missingMigration } = await import(pathToFileURL(path.resolve('build/migrate-diff.mjs')).href)
  const cluster = await startTemporaryCluster(embeddedBinaries())
  try {
    return await missingMigration(cluster.superuserUrl)
  } finally {
    await cluster.stop()
  }
}

await runCommand(async () => {
  const [name = ''] = process.argv.slice(2)
  if (name !== '--check' && !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Problem(
      'Name the migration in lower case with underscores, as in: npm run migration -- add_release_policy (or --check).',
    )
  }
  const sql = await findDifference()
  if (sql === undefined) console.log('The migrations and prisma/schema.prisma agree.')
  else if (name === '--check') {
    console.log(`prisma/schema.prisma has what no migration makes:\n${sql}`)
    process.exitCode = 2
  } else write(name, sql)
})
