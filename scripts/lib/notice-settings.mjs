// By which ways people are told: read and judged here, used by the console alone.

/** @typedef {Record<string, string | undefined>} Environment */

/**
 * @typedef {object} SmtpSettings
 * @property {string} host
 * @property {number} port
 * @property {boolean} secure TLS from the start; else STARTTLS.
 * @property {boolean} loopback On this machine: STARTTLS is not asked for.
 * @property {{ user: string, pass: string } | undefined} auth
 * @property {string} from
 */

/** @typedef {{ url: string, secret: Buffer }} WebhookSettings */
/** @typedef {{ smtp: SmtpSettings | undefined, webhook: WebhookSettings | undefined }} NoticeSettings */

/** What each should be: these words end the sentence "NAME should be …". */
export const NOTICE_SETTING_RULES = {
  DRAWBRIDGE_SMTP_URL:
    'smtps://user:password@host[:465], or smtp://user:password@host[:587] (then STARTTLS is required unless the host is loopback), better by DRAWBRIDGE_SMTP_URL_FILE; characters such as @ : / in user or password as %40 %3A %2F',
  DRAWBRIDGE_MAIL_FROM:
    'one e-mail address, from which mails come: drawbridge@example.com (required with DRAWBRIDGE_SMTP_URL)',
  DRAWBRIDGE_WEBHOOK_URL:
    'an https address without user, password or fragment (http only on a loopback host; private networks are allowed)',
  DRAWBRIDGE_WEBHOOK_SECRET:
    'whsec_ and the base64 of 24 to 64 random bytes, better by DRAWBRIDGE_WEBHOOK_SECRET_FILE (required with DRAWBRIDGE_WEBHOOK_URL); make one with: echo whsec_$(openssl rand -base64 32)',
}

/** @param {string} host */
const isLoopback = (host) => /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)

/** @param {string} text @returns {string | undefined} */
function decoded(text) {
  try {
    const value = decodeURIComponent(text)
    return /\p{C}/u.test(value) ? undefined : value
  } catch {
    return undefined // a % that stands for nothing: the setting is wrong, and its rule says how to write it
  }
}

/** @param {string} text @returns {Omit<SmtpSettings, 'from'> | undefined} */
function readSmtpUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname) return undefined
  if (!/^\/?$/.test(url.pathname) || url.search || url.hash) return undefined
  const [user, pass] = [decoded(url.username), decoded(url.password)]
  if (user === undefined || pass === undefined || (user === '') !== (pass === '')) return undefined
  const secure = url.protocol === 'smtps:'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    loopback: isLoopback(url.hostname),
    auth: user === '' ? undefined : { user, pass },
  }
}

/** @param {string} text */
const isAddress = (text) => /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253})$/.test(text)

/** @param {string} text */
function isWebhookUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.username || url.password || url.hash) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

/** @param {string} text @returns {Buffer | undefined} */
function readWebhookSecret(text) {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? []
  const secret = Buffer.from(base64 ?? '', 'base64')
  return secret.length >= 24 && secret.length <= 64 ? secret : undefined
}

/** @type {Record<keyof typeof NOTICE_SETTING_RULES, (value: string) => boolean>} */
export const noticeSettingHolds = {
  DRAWBRIDGE_SMTP_URL: (value) => readSmtpUrl(value) !== undefined,
  DRAWBRIDGE_MAIL_FROM: isAddress,
  DRAWBRIDGE_WEBHOOK_URL: isWebhookUrl,
  DRAWBRIDGE_WEBHOOK_SECRET: (value) => readWebhookSecret(value) !== undefined,
}

/** @param {Environment} env @param {string} name */
const text = (env, name) => env[name]?.trim() || undefined

/** @type {readonly (readonly [keyof typeof NOTICE_SETTING_RULES, keyof typeof NOTICE_SETTING_RULES])[]} */
const PAIRS = [
  ['DRAWBRIDGE_SMTP_URL', 'DRAWBRIDGE_MAIL_FROM'],
  ['DRAWBRIDGE_WEBHOOK_URL', 'DRAWBRIDGE_WEBHOOK_SECRET'],
]

/**
 * One of two that are nothing without each other.
 * @param {Environment} env
 * @returns {import('./settings.mjs').SettingProblem[]}
 */
export function missingNoticeSettings(env) {
  return PAIRS.flatMap(([one, other]) => {
    if (Boolean(text(env, one)) === Boolean(text(env, other))) return []
    const name = text(env, one) ? other : one
    return [{ name, should: NOTICE_SETTING_RULES[name] }]
  })
}

/**
 * Of an environment that was judged right.
 * @param {Environment} env
 * @returns {NoticeSettings}
 */
export function readNoticeSettings(env) {
  const [smtpUrl, from] = [text(env, 'DRAWBRIDGE_SMTP_URL'), text(env, 'DRAWBRIDGE_MAIL_FROM')]
  const [url, secretText] = [text(env, 'DRAWBRIDGE_WEBHOOK_URL'), text(env, 'DRAWBRIDGE_WEBHOOK_SECRET')]
  const smtp = smtpUrl ? readSmtpUrl(smtpUrl) : undefined
  const secret = secretText ? readWebhookSecret(secretText) : undefined
  return {
    smtp: smtp && from ? { ...smtp, from } : undefined,
    webhook: url && secret ? { url, secret } : undefined,
  }
}
