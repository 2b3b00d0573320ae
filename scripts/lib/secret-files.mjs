import { readFileSync, statSync } from 'node:fs'

// A secret may stand in a file instead of in the environment: NAME_FILE is its path. One reader for launcher and console.

/** Settings that are secret; each may be given as `<NAME>_FILE`. */
export const SECRET_SETTINGS = /** @type {const} */ ([
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'NEXTAUTH_SECRET',
  'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY',
  'DRAWBRIDGE_OIDC_CLIENT_SECRET',
  'DRAWBRIDGE_SMTP_URL',
  'DRAWBRIDGE_WEBHOOK_SECRET',
  'DRAWBRIDGE_LOGS_STORAGE',
])

/** @param {string} name */
export const fileSettingOf = (name) => `${name}_FILE`

/** A secret is a line, not a document. */
const SIZE_LIMIT = 64 * 1024

/** @typedef {Record<string, string | undefined>} Environment */

const isGiven = (/** @type {string | undefined} */ value) => value !== undefined && value.trim() !== ''

/**
 * The file's content without the line end that editors add; undefined when it can't be read, is empty or is no secret's size.
 * @param {string} file
 * @returns {string | undefined}
 */
function readSecretFile(file) {
  try {
    const { size } = statSync(file)
    if (size > SIZE_LIMIT) return undefined
    return readFileSync(file, 'utf8').replace(/(?:\r?\n)+$/, '') || undefined
  } catch {
    return undefined // that it can't be read is the whole finding; the caller names the setting
  }
}

/**
 * One secret by its setting's name: from the environment, else from the file that `<NAME>_FILE` names.
 * @param {Environment} env @param {string} name
 * @returns {{ ok: true, value: string | undefined } | { ok: false, problem: import('./settings.mjs').SettingProblem }}
 */
export function readSecret(env, name) {
  const fileSetting = fileSettingOf(name)
  const file = env[fileSetting]?.trim()
  if (!file) return { ok: true, value: env[name] }
  if (isGiven(env[name])) return { ok: false, problem: { name: fileSetting, should: `left out when ${name} is set` } }
  const value = readSecretFile(file)
  if (value === undefined) return { ok: false, problem: { name: fileSetting, should: FILE_RULE } }
  return { ok: true, value }
}

export const FILE_RULE = 'the path of a file that this user can read and that holds the secret and nothing else'

/**
 * The environment with every secret in its place, wherever it was given; and what is wrong about the files.
 * @param {Environment} env
 */
export function withSecretsFromFiles(env) {
  /** @type {import('./settings.mjs').SettingProblem[]} */
  const problems = []
  const resolved = { ...env }
  for (const name of SECRET_SETTINGS) {
    const secret = readSecret(env, name)
    if (secret.ok) resolved[name] = secret.value
    else problems.push(secret.problem)
  }
  return { env: resolved, problems }
}

/**
 * What a child process is handed for a secret: the value, or nothing where a file holds it, which the child then reads itself.
 * @param {Environment} env @param {string} name @param {string | undefined} value
 */
export const unlessInFile = (env, name, value) => (isGiven(env[fileSettingOf(name)]) ? undefined : value)
