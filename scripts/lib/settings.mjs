import { isIP, isIPv4 } from 'node:net'
import { isAbsolute } from 'node:path'
import { missingNoticeSettings, NOTICE_SETTING_RULES, noticeSettingHolds } from './notice-settings.mjs'
import { missingOidcSettings, OIDC_SETTING_RULES, oidcSettingHolds } from './oidc-settings.mjs'
import { impossiblePasskeys, PASSKEY_SETTING_RULES, passkeySettingHolds } from './passkey-settings.mjs'
import { withSecretsFromFiles } from './secret-files.mjs'
import { tlsProblems } from './tls-files.mjs'

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
 * @property {string} publicUrl The one public origin, without a slash at its end.
 * @property {{ cert: string, key: string } | undefined} tls Paths of PEM files; undefined means that the console speaks http.
 * @property {string | undefined} trustedProxies Addresses and networks, by commas.
 * @property {{ host: string, port: number } | undefined} metrics Where Prometheus reads; undefined: nowhere.
 * @property {number} drainMs How long /readyz says no before the console stops accepting.
 * @property {LogSettings} logs Where vaults' diagnostic logs are read from.
 */

/**
 * @typedef {object} LogSettings
 * @property {string | undefined} folder
 * @property {string | undefined} storage
 * @property {{ workspace: string, endpoint: string } | undefined} analytics Log Analytics; `endpoint` is an origin.
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
  DRAWBRIDGE_URL:
    'the public origin without a path: https://host[:port], or http on a loopback host (default http://HOST:PORT)',
  DRAWBRIDGE_TLS_CERT: 'the path of a PEM certificate, given together with DRAWBRIDGE_TLS_KEY',
  DRAWBRIDGE_TLS_KEY: 'the path of its PEM private key, given together with DRAWBRIDGE_TLS_CERT',
  DRAWBRIDGE_TRUSTED_PROXIES: 'addresses or networks of your reverse proxies, by commas: 127.0.0.1, 10.0.0.0/8',
  DRAWBRIDGE_METRICS_PORT: 'a whole number from 1 to 65535, not PORT (default: no metrics)',
  DRAWBRIDGE_METRICS_HOST: 'an IP address or a host name of this machine (default 127.0.0.1)',
  DRAWBRIDGE_DRAIN_SECONDS: 'a whole number of seconds from 0 to 300 (default 0)',
  DRAWBRIDGE_LOGS_FOLDER: "the absolute path of a folder with vaults' diagnostic logs",
  DRAWBRIDGE_LOGS_STORAGE:
    "the connection string of the storage account that holds vaults' diagnostic logs, or the address of the container with its signature",
  DRAWBRIDGE_LOGS_WORKSPACE: "the id of the Log Analytics workspace that vaults' diagnostic logs go to: a UUID",
  DRAWBRIDGE_LOGS_ENDPOINT:
    'the origin of the Log Analytics API, https://host[:port], given together with DRAWBRIDGE_LOGS_WORKSPACE (default https://api.loganalytics.io)',
  NEXTAUTH_SECRET: 'at least 32 characters of randomness',
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: 'the base64 of 16, 24 or 32 random bytes',
  ...OIDC_SETTING_RULES,
  ...PASSKEY_SETTING_RULES,
  ...NOTICE_SETTING_RULES,
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
  if (url === undefined || (url.origin !== value && `${url.origin}/` !== value)) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

/** @param {string} host A name, or an address with or without brackets. */
export const isLoopback = (host) => /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)

/** @param {string} value */
const isNetworkList = (value) =>
  value.split(',').every((entry) => {
    const [address = '', prefix, ...more] = entry.trim().split('/')
    const bits = isIPv4(address) ? 32 : 128
    const fits = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits)
    return isIP(address) !== 0 && fits && more.length === 0
  })

/** @param {string} value */
const isEncryptionKey = (value) => [16, 24, 32].includes(Buffer.from(value, 'base64').length)

/** @param {string} value */
const isStorage = (value) =>
  value.startsWith('https://')
    ? URL.canParse(value) && new URL(value).pathname.length > 1
    : /(?:^|;)(?:AccountName|BlobEndpoint)=[^;]+/i.test(value)

/** @type {Record<keyof typeof SETTING_RULES, (value: string) => boolean>} */
const holds = {
  PORT: isPort,
  HOST: isHost,
  DRAWBRIDGE_DATA: (value) => !value.includes('\0'),
  DATABASE_URL: isDatabaseUrl,
  DATABASE_OWNER_URL: isDatabaseUrl,
  DRAWBRIDGE_LOCAL_VAULT: (value) => /^(?:on|off)$/i.test(value),
  DRAWBRIDGE_URL: isOrigin,
  DRAWBRIDGE_TLS_CERT: (value) => !value.includes('\0'),
  DRAWBRIDGE_TLS_KEY: (value) => !value.includes('\0'),
  DRAWBRIDGE_TRUSTED_PROXIES: isNetworkList,
  DRAWBRIDGE_METRICS_PORT: isPort,
  DRAWBRIDGE_METRICS_HOST: isHost,
  DRAWBRIDGE_DRAIN_SECONDS: (value) => /^[0-9]{1,3}$/.test(value) && Number(value) <= 300,
  DRAWBRIDGE_LOGS_FOLDER: (value) => isAbsolute(value) && !value.includes('\0'),
  DRAWBRIDGE_LOGS_STORAGE: isStorage,
  DRAWBRIDGE_LOGS_WORKSPACE: (value) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
  DRAWBRIDGE_LOGS_ENDPOINT: (value) => isOrigin(value) && value.startsWith('https://'),
  NEXTAUTH_SECRET: (value) => value.length >= 32,
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: isEncryptionKey,
  ...oidcSettingHolds,
  ...passkeySettingHolds,
  ...noticeSettingHolds,
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
  if (resolved.problems.length > 0) return [...resolved.problems, ...wrong]
  return [...wrong, ...missingOidcSettings(resolved.env), ...missingNoticeSettings(resolved.env)]
}

/** @param {SettingProblem[]} problems */
export const describeProblems = (problems) =>
  problems.map(({ name, should }) => `${name} should be ${should}.`).join(' ')

/**
 * @param {Environment} given
 * @returns {{ ok: true, value: Settings } | { ok: false, problems: SettingProblem[] }}
 */
export function readSettings(given) {
  const wrong = wrongSettings(given)
  if (wrong.length > 0) return { ok: false, problems: wrong }
  const { env } = withSecretsFromFiles(given)
  const host = text(env, 'HOST') ?? '127.0.0.1'
  const port = Number(text(env, 'PORT') ?? 3000)
  const [cert, key] = [text(env, 'DRAWBRIDGE_TLS_CERT'), text(env, 'DRAWBRIDGE_TLS_KEY')]
  const url = text(env, 'DRAWBRIDGE_URL')
  const tls = cert && key ? { cert, key } : undefined
  const publicUrl = (url ?? originOf(host, port, tls ? 'https' : 'http')).replace(/\/$/, '')
  const metricsPort = text(env, 'DRAWBRIDGE_METRICS_PORT')
  const problems = [
    ...wrongTogether({ host, cert, key, url, publicUrl }),
    ...impossiblePasskeys(env, publicUrl),
    ...(text(env, 'DRAWBRIDGE_LOGS_ENDPOINT') && !text(env, 'DRAWBRIDGE_LOGS_WORKSPACE')
      ? [{ name: 'DRAWBRIDGE_LOGS_WORKSPACE', should: SETTING_RULES.DRAWBRIDGE_LOGS_WORKSPACE }]
      : []),
    ...(metricsPort !== undefined && Number(metricsPort) === port
      ? [{ name: 'DRAWBRIDGE_METRICS_PORT', should: SETTING_RULES.DRAWBRIDGE_METRICS_PORT }]
      : []),
  ]
  if (problems.length > 0) return { ok: false, problems }
  return {
    ok: true,
    value: {
      port,
      host,
      data: text(env, 'DRAWBRIDGE_DATA') ?? '.data',
      databaseUrl: text(env, 'DATABASE_URL'),
      databaseOwnerUrl: text(env, 'DATABASE_OWNER_URL'),
      localVault: (text(env, 'DRAWBRIDGE_LOCAL_VAULT') ?? 'on').toLowerCase() === 'on',
      publicUrl,
      tls,
      trustedProxies: text(env, 'DRAWBRIDGE_TRUSTED_PROXIES'),
      metrics:
        metricsPort === undefined
          ? undefined
          : { host: text(env, 'DRAWBRIDGE_METRICS_HOST') ?? '127.0.0.1', port: Number(metricsPort) },
      drainMs: Number(text(env, 'DRAWBRIDGE_DRAIN_SECONDS') ?? 0) * 1_000,
      logs: logSettings(env),
    },
  }
}

/** @param {Environment} env @returns {LogSettings} */
function logSettings(env) {
  const workspace = text(env, 'DRAWBRIDGE_LOGS_WORKSPACE')?.toLowerCase()
  const endpoint = new URL(text(env, 'DRAWBRIDGE_LOGS_ENDPOINT') ?? 'https://api.loganalytics.io').origin
  return {
    folder: text(env, 'DRAWBRIDGE_LOGS_FOLDER'),
    storage: text(env, 'DRAWBRIDGE_LOGS_STORAGE'),
    analytics: workspace === undefined ? undefined : { workspace, endpoint },
  }
}

const NO_HTTPS =
  'a loopback address such as 127.0.0.1 while the console speaks http: for others set DRAWBRIDGE_URL to an https origin, ' +
  'and DRAWBRIDGE_TLS_CERT and DRAWBRIDGE_TLS_KEY unless a reverse proxy in front speaks https'

/**
 * Settings that are right each by itself, and wrong together: passwords and sessions would cross a network in clear text.
 * @param {{ host: string, cert: string | undefined, key: string | undefined, url: string | undefined, publicUrl: string }} settings
 * @returns {SettingProblem[]}
 */
function wrongTogether({ host, cert, key, url, publicUrl }) {
  const { protocol, hostname } = new URL(publicUrl)
  if (Boolean(cert) !== Boolean(key)) {
    const name = cert ? 'DRAWBRIDGE_TLS_KEY' : 'DRAWBRIDGE_TLS_CERT'
    return [{ name, should: SETTING_RULES[name] }]
  }
  if (!isLoopback(host) && cert && url === undefined)
    return [
      { name: 'DRAWBRIDGE_URL', should: 'the https origin that people type, when HOST opens the console to a network' },
    ]
  if (!isLoopback(host) && protocol !== 'https:') return [{ name: 'HOST', should: NO_HTTPS }]
  if (cert && key && protocol !== 'https:')
    return [{ name: 'DRAWBRIDGE_URL', should: 'an https origin when DRAWBRIDGE_TLS_CERT is set' }]
  return cert && key ? tlsProblems({ cert, key }, hostname) : []
}

/**
 * The origin under which people reach a console that was given no DRAWBRIDGE_URL.
 * @param {string} host @param {number} port @param {'http' | 'https'} [scheme]
 */
export function originOf(host, port, scheme = 'http') {
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `${scheme}://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}
