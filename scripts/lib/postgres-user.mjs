import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Problem } from './problem.mjs'

/** Who runs PostgreSQL. Empty: we ourselves. @typedef {{ uid?: number, gid?: number }} DatabaseUser */

const NAME = 'postgres'

/** @returns {DatabaseUser | undefined} */
function lookUp() {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${NAME}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

function create() {
  const { status } = spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    NAME,
  ])
  const user = status === 0 ? lookUp() : undefined
  if (!user) {
    throw new Problem(
      'PostgreSQL refuses to run as root, and no user for it could be created: run this as another user, or create one named postgres.',
    )
  }
  return user
}

/** PostgreSQL refuses to run as root: then the system user `postgres` runs it, created when missing. @returns {DatabaseUser} */
export function databaseUser() {
  if (process.getuid?.() !== 0) return {}
  return lookUp() ?? create()
}

/** Can that user run this program where it lies? @param {string} program @param {DatabaseUser} user */
export const canRun = (program, user) =>
  spawnSync(program, ['--version'], { ...user, cwd: '/', stdio: 'ignore' }).status === 0

/** Can that user pass through or into this folder? @param {string} folder @param {DatabaseUser} user */
export const canEnter = (folder, user) =>
  spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
