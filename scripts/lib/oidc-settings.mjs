// The settings of the identity provider: read and judged here, used by the console alone.

/** @typedef {Record<string, string | undefined>} Environment */
/** @typedef {'administrator' | 'custodian' | 'approver' | 'auditor' | 'viewer'} RoleName */

/**
 * Which values of one claim give which role.
 * @typedef {{ claim: string, roles: Partial<Record<RoleName, readonly string[]>> }} RoleMapping
 */

/**
 * @typedef {object} OidcSettings
 * @property {string} issuer Exactly as the provider publishes it.
 * @property {string} clientId
 * @property {string} clientSecret
 * @property {string} name What the button says after "Sign in with".
 * @property {string} scopes
 * @property {'basic' | 'post' | undefined} clientAuth undefined: as the provider's metadata allow, basic before post.
 * @property {RoleMapping | undefined} mapping undefined: roles are given here.
 */

/** @type {readonly RoleName[]} */
const ROLE_NAMES = ['administrator', 'custodian', 'approver', 'auditor', 'viewer']

/** What each should be: these words end the sentence "NAME should be …". */
export const OIDC_SETTING_RULES = {
  DRAWBRIDGE_OIDC_ISSUER:
    'the issuer as the provider publishes it, of one tenant: https://… without query (of Entra ID https://login.microsoftonline.com/<tenant id>/v2.0; common, organizations and consumers let strangers in)',
  DRAWBRIDGE_OIDC_CLIENT_ID:
    'the client id that the provider gave for this console (required with DRAWBRIDGE_OIDC_ISSUER)',
  DRAWBRIDGE_OIDC_CLIENT_SECRET:
    'the secret of that client, better by DRAWBRIDGE_OIDC_CLIENT_SECRET_FILE (required with DRAWBRIDGE_OIDC_ISSUER)',
  DRAWBRIDGE_OIDC_NAME: 'the provider’s name for the button, at most 40 characters (default: the issuer’s host)',
  DRAWBRIDGE_OIDC_SCOPES: 'scopes separated by spaces, openid among them (default openid profile email)',
  DRAWBRIDGE_OIDC_CLIENT_AUTH:
    'basic or post: how the client’s secret is sent (default: basic where the provider’s metadata allow it, else post)',
  DRAWBRIDGE_OIDC_ROLES:
    'claim=NAME; ROLE=value,value; ROLE=value … with the roles administrator, custodian, approver, auditor, viewer, each once; a comma, semicolon or % in a value as %2C, %3B, %25; no value for administrator that also gives custodian or approver',
  DRAWBRIDGE_LOCAL_SIGN_IN:
    'on or off (default on; with DRAWBRIDGE_OIDC_ISSUER, on where a local vault runs and else off); off only with DRAWBRIDGE_OIDC_ISSUER',
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']
const MANY_TENANTS = /^\/(?:common|organizations|consumers)(?:\/|$)/i

/** @param {string} value */
function isIssuer(value) {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (!url || url.search || url.hash || url.username || url.password) return false
  if (url.href !== value && url.href !== `${value}/`) return false // another spelling would never be equal to the published one
  if (/(?:^|\.)microsoftonline\.|(?:^|\.)windows\.net$/.test(url.hostname) && MANY_TENANTS.test(url.pathname))
    return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname))
}

/** A word of an option: no spaces, nothing that a terminal or a header would act on. @param {string} value */
const isPlain = (value) => /^[\x21-\x7e]{1,256}$/.test(value)

/** @param {string} value */
const isScopes = (value) =>
  value.split(' ').includes('openid') && /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/.test(value)

/** @type {Record<keyof typeof OIDC_SETTING_RULES, (value: string) => boolean>} */
export const oidcSettingHolds = {
  DRAWBRIDGE_OIDC_ISSUER: isIssuer,
  DRAWBRIDGE_OIDC_CLIENT_ID: isPlain,
  DRAWBRIDGE_OIDC_CLIENT_SECRET: (value) => /^[\x20-\x7e]{1,1024}$/.test(value),
  DRAWBRIDGE_OIDC_NAME: (value) => [...value].length <= 40 && !/\p{C}/u.test(value),
  DRAWBRIDGE_OIDC_SCOPES: isScopes,
  DRAWBRIDGE_OIDC_CLIENT_AUTH: (value) => /^(?:basic|post)$/.test(value),
  DRAWBRIDGE_OIDC_ROLES: (value) => readRoleMapping(value) !== undefined,
  DRAWBRIDGE_LOCAL_SIGN_IN: (value) => /^(?:on|off)$/i.test(value),
}

/** @param {string} text @returns {string | undefined} */
function decodeValue(text) {
  try {
    return decodeURIComponent(text.trim()) || undefined
  } catch {
    return undefined // a % that stands for nothing: the setting is wrong, and its rule says how to write it
  }
}

/** @param {string} part @returns {{ name: string, values: string[] } | undefined} */
function readPart(part) {
  const [, name, list] = /^\s*([a-z]+)\s*=(.*)$/s.exec(part) ?? []
  const values = list?.split(',').map(decodeValue)
  const known = values?.filter((value) => value !== undefined)
  return name && known && known.length === values?.length ? { name, values: known } : undefined
}

/** @param {RoleMapping['roles']} roles */
const givesExclusive = ({ administrator = [], custodian = [], approver = [] }) =>
  administrator.some((value) => custodian.includes(value) || approver.includes(value))

/**
 * `claim=groups; custodian=a,b; approver=c`; undefined when it is anything else.
 * @param {string} text
 * @returns {RoleMapping | undefined}
 */
export function readRoleMapping(text) {
  const parts = text
    .split(';')
    .filter((part) => part.trim() !== '')
    .map(readPart)
  const [claim, ...given] = parts
  if (claim?.name !== 'claim' || claim.values.length !== 1 || given.length === 0) return undefined
  /** @type {Partial<Record<RoleName, readonly string[]>>} */
  const roles = {}
  for (const part of given) {
    const role = ROLE_NAMES.find((name) => name === part?.name)
    if (!part || !role || roles[role]) return undefined
    roles[role] = part.values
  }
  return givesExclusive(roles) ? undefined : { claim: claim.values[0] ?? '', roles }
}

/** @param {Environment} env @param {string} name */
const text = (env, name) => env[name]?.trim() || undefined

const NEEDED = /** @type {const} */ ([
  'DRAWBRIDGE_OIDC_ISSUER',
  'DRAWBRIDGE_OIDC_CLIENT_ID',
  'DRAWBRIDGE_OIDC_CLIENT_SECRET',
])

/**
 * What no setting shows by itself: one that lacks another.
 * @param {Environment} env
 * @returns {import('./settings.mjs').SettingProblem[]}
 */
export function missingOidcSettings(env) {
  const given = Object.keys(OIDC_SETTING_RULES).filter((name) => name.startsWith('DRAWBRIDGE_OIDC_') && text(env, name))
  const missing = given.length > 0 ? NEEDED.filter((name) => !text(env, name)) : []
  /** @type {(keyof typeof OIDC_SETTING_RULES)[]} */
  const nobody =
    given.length === 0 && /^off$/i.test(text(env, 'DRAWBRIDGE_LOCAL_SIGN_IN') ?? '') ? ['DRAWBRIDGE_LOCAL_SIGN_IN'] : []
  return [...missing, ...nobody].map((name) => ({ name, should: OIDC_SETTING_RULES[name] }))
}

/**
 * Of an environment that was judged right; undefined where no provider is set.
 * @param {Environment} env
 * @returns {OidcSettings | undefined}
 */
export function readOidcSettings(env) {
  const [issuer, clientId, clientSecret] = NEEDED.map((name) => text(env, name))
  if (!issuer || !clientId || !clientSecret) return undefined
  const roles = text(env, 'DRAWBRIDGE_OIDC_ROLES')
  const auth = text(env, 'DRAWBRIDGE_OIDC_CLIENT_AUTH')
  return {
    issuer,
    clientId,
    clientSecret,
    name: text(env, 'DRAWBRIDGE_OIDC_NAME') ?? new URL(issuer).hostname,
    scopes: text(env, 'DRAWBRIDGE_OIDC_SCOPES') ?? 'openid profile email',
    clientAuth: auth === 'basic' || auth === 'post' ? auth : undefined,
    mapping: roles ? readRoleMapping(roles) : undefined,
  }
}

/**
 * Whether people of this installation sign in with a password.
 * @param {Environment} env @param {boolean} hasLocalVault
 */
export function readLocalSignIn(env, hasLocalVault) {
  const given = text(env, 'DRAWBRIDGE_LOCAL_SIGN_IN')?.toLowerCase()
  return given ? given === 'on' : hasLocalVault || !text(env, 'DRAWBRIDGE_OIDC_ISSUER')
}
