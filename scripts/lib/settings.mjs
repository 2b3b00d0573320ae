import { withSecretsFromFiles } from './secret-files.mjs'

// The one place where settings are read from text and judged: the launcher and the console (lib/server/env.ts) share it.

/** @typedef {{ name: string, should: string }} SettingProblem */

/**
 * @typedef {object} Settings
 * @property {number} port
 * @property {string} host
 * @property {string} data Folder, as given (relative to the checkout).
 * @property {string | undefined} databaseUrl An external PostgreSQL; undefined means the embedded one.
 * @property {string | undefined} databaseOwnerUrl
 * @property {boolean} localVault
 */

/** @typedef {Record<string, string | undefined>} Environment */

/** What every setting should be: these words end the sentence "NAME should be …". */
export const SETTING_RULES = {
  PORT: 'a whole number from 1 to 65535 (default 3000)',
  HOST: 'an IP address or a host name of this machine (default 127.0.0.1)',
  DRAWBRIDGE_DATA: 'the path of a folder (default .data)',
  DATABASE_URL: 'a PostgreSQL address, postgres://user:password@host:5432/database',
  DATABASE_OWNER_URL: 'a PostgreSQL address whose user may create tables (default: DATABASE_URL)',
  DRAWBRIDGE_LOCAL_VAULT: 'on or off (default on)',
  DRAWBRIDGE_URL: 'the public origin, http(s)://host[:port] without a path (default http://HOST:PORT)',
  NEXTAUTH_SECRET: 'at least 32 characters of randomness',
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: 'the base64 of 16, 24 or 32 random bytes',
}

/** @param {Environment} env @param {string} name */
const text = (env, name) => {
  const value = env[name]?.trim()
  return value === '' ? undefined : value
}

/** @param {string} value */
const isPort = (value) => /^[0-9]{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535

/** @param {string} value */
const isHost = (value) => /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|[0-9a-fA-F:]{2,45})$/.test(value)

/** @param {string} value */
const isDatabaseUrl = (value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined
  return url !== undefined && /^postgres(?:ql)?:$/.test(url.protocol) && url.pathname.length > 1
}

/** @param {string} value */
const isOrigin = (value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined
  return url !== undefined && /^https?:$/.test(url.protocol) && (url.origin === value || `${url.origin}/` === value)
}

/** @param {string} value */
const isEncryptionKey = (value) => [16, 24, 32].includes(Buffer.from(value, 'base64').length)

/** @type {Record<keyof typeof SETTING_RULES, (value: string) => boolean>} */
const holds = {
  PORT: isPort,
  HOST: isHost,
  DRAWBRIDGE_DATA: (value) => !value.includes('\0'),
  DATABASE_URL: isDatabaseUrl,
  DATABASE_OWNER_URL: isDatabaseUrl,
  DRAWBRIDGE_LOCAL_VAULT: (value) => /^(?:on|off)$/i.test(value),
  DRAWBRIDGE_URL: isOrigin,
  NEXTAUTH_SECRET: (value) => value.length >= 32,
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: isEncryptionKey,
}

/**
 * Every setting that is present and wrong, by name and with what it should be; its value is never repeated.
 * @param {Environment} env
 * @returns {SettingProblem[]}
 */
export function wrongSettings(env) {
  const resolved = withSecretsFromFiles(env)
  const wrong = Object.entries(SETTING_RULES).flatMap(([name, should]) => {
    const value = text(resolved.env, name)
    // Every key of SETTING_RULES has its check: `holds` is typed by it.
    const check = holds[/** @type {keyof typeof SETTING_RULES} */ (name)]
    return value === undefined || check(value) ? [] : [{ name, should }]
  })
  return [...resolved.problems, ...wrong]
}

/** @param {SettingProblem[]} problems */
export const describeProblems = (problems) =>
  problems.map(({ name, should }) => `${name} should be ${should}.`).join(' ')

/**
 * @param {Environment} given
 * @returns {{ ok: true, value: Settings } | { ok: false, problems: SettingProblem[] }}
 */
export function readSettings(given) {
  const problems = wrongSettings(given)
  if (problems.length > 0) return { ok: false, problems }
  const { env } = withSecretsFromFiles(given)
  return {
    ok: true,
    value: {
      port: Number(text(env, 'PORT') ?? 3000),
      host: text(env, 'HOST') ?? '127.0.0.1',
      data: text(env, 'DRAWBRIDGE_DATA') ?? '.data',
      databaseUrl: text(env, 'DATABASE_URL'),
      databaseOwnerUrl: text(env, 'DATABASE_OWNER_URL'),
      localVault: (text(env, 'DRAWBRIDGE_LOCAL_VAULT') ?? 'on').toLowerCase() === 'on',
    },
  }
}

/** The origin under which people reach a console that was given no DRAWBRIDGE_URL. @param {string} host @param {number} port */
export function originOf(host, port) {
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}
