import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { MigrationDirectory, MigrationList } from '@prisma/schema-engine-wasm'

async function readDirectory(baseDir: string, name: string): Promise<MigrationDirectory> {
  const value = await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8')
  return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } }
}

/** The names of this build's migrations, in order. */
export async function readMigrationNames(baseDir: string): Promise<string[]> {
  const entries = await readdir(baseDir, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/** The migrations folder as the schema engine wants to see it, in order of name. */
export async function readMigrations(baseDir: string): Promise<MigrationList> {
  const names = await readMigrationNames(baseDir)
  return {
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(path.join(baseDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(names.map((name) => readDirectory(baseDir, name))),
  }
}
