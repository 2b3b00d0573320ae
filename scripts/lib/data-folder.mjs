import { randomBytes } from 'node:crypto'
import { accessSync, chmodSync, chownSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { takeLock } from './folder-lock.mjs'
import { readJson, writePrivateJson } from './private-files.mjs'
import { Problem } from './problem.mjs'

/** Not `recursive: true`: in a place that takes no folders (/proc, say) Node tries again for ever. @param {string} folder */
function makeWithParents(folder) {
  if (existsSync(folder)) return
  makeWithParents(path.dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

/** @param {string} folder */
function make(folder) {
  try {
    makeWithParents(folder)
    // 0710 is ours, too: the database's user passes through (see letPass), perhaps at this very moment.
    if ((statSync(folder).mode & 0o067) !== 0) chmodSync(folder, 0o700)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    for (const name of ['logs', 'run']) mkdirSync(path.join(folder, name), { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new Problem(
      `The data folder ${folder} can't be written: give it to this user, or set DRAWBRIDGE_DATA to another one.`,
      { cause },
    )
  }
}

/**
 * Makes the folder (0700) and holds it against a second launcher.
 * @param {string} given
 */
export function openDataFolder(given) {
  const folder = path.resolve(given)
  make(folder)
  const lock = takeLock(path.join(folder, 'run', 'launcher.json'))
  if (!lock.held) {
    throw new Problem(
      `The data folder ${folder} is held by another Drawbridge (process ${lock.by}): stop that one, or set DRAWBRIDGE_DATA.`,
    )
  }
  return { folder, release: lock.release }
}

/**
 * The database's own user may pass through this folder to its sub-folder, and neither list nor read it.
 * @param {string} folder @param {import('./postgres-user.mjs').DatabaseUser} user
 */
export function letPass(folder, user) {
  if (user.gid === undefined) return
  chownSync(folder, process.getuid?.() ?? 0, user.gid)
  chmodSync(folder, 0o710)
}

const random = () => randomBytes(32).toString('base64url')

/** Chosen at the first start, kept ever after. @typedef {ReturnType<typeof newSecrets>} Secrets */
const newSecrets = () => ({
  superuserPassword: random(),
  ownerPassword: random(),
  applicationPassword: random(),
  authSecret: random(),
  actionsKey: randomBytes(32).toString('base64'),
})

/** @param {string} folder @returns {Secrets} */
export function readSecrets(folder) {
  const file = path.join(folder, 'secrets.json')
  const known = readJson(file)
  if (known) return known
  const made = newSecrets()
  writePrivateJson(file, made)
  return made
}
