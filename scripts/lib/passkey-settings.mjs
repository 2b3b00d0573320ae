// What the installation says of passkeys. Read from text here, for the launcher and the console alike.

/**
 * @typedef {object} PasskeySettings
 * @property {string} origin The public origin: passkeys answer to no other.
 * @property {string | undefined} rpId Its host name; undefined where browsers refuse passkeys at this origin.
 * @property {boolean} required Custodians, approvers and administrators need one.
 * @property {boolean} afterProvider Asked for after a sign-in by the identity provider, too.
 */

/** @typedef {Record<string, string | undefined>} Environment */

export const PASSKEY_SETTING_RULES = {
  DRAWBRIDGE_REQUIRE_PASSKEYS: 'on or off (default off)',
  DRAWBRIDGE_PASSKEY_AFTER_OIDC: 'on or off (default off)',
}

/** @param {string} value */
const isSwitch = (value) => /^(?:on|off)$/i.test(value)

/** @type {Record<keyof typeof PASSKEY_SETTING_RULES, (value: string) => boolean>} */
export const passkeySettingHolds = {
  DRAWBRIDGE_REQUIRE_PASSKEYS: isSwitch,
  DRAWBRIDGE_PASSKEY_AFTER_OIDC: isSwitch,
}

/** @param {string | undefined} value */
const isOn = (value) => value?.trim().toLowerCase() === 'on'

/**
 * The relying party's id at an origin. A browser has none for an IP address, nor for plain http elsewhere than at
 * localhost (https://www.w3.org/TR/webauthn-3/#rp-id; Chromium: "This is an invalid domain").
 * @param {string} origin
 * @returns {string | undefined}
 */
export function relyingPartyId(origin) {
  const { hostname, protocol } = new URL(origin)
  if (hostname.startsWith('[') || /^[0-9.]+$/.test(hostname)) return undefined
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost')
  return protocol === 'https:' || isLocal ? hostname : undefined
}

/** @param {Environment} env @param {string} origin @returns {PasskeySettings} */
export function readPasskeySettings(env, origin) {
  return {
    origin,
    rpId: relyingPartyId(origin),
    required: isOn(env.DRAWBRIDGE_REQUIRE_PASSKEYS),
    afterProvider: isOn(env.DRAWBRIDGE_PASSKEY_AFTER_OIDC),
  }
}

/**
 * Passkeys can't be demanded where no browser makes one.
 * @param {Environment} env @param {string} origin
 * @returns {{ name: string, should: string }[]}
 */
export function impossiblePasskeys(env, origin) {
  if (!isOn(env.DRAWBRIDGE_REQUIRE_PASSKEYS) || relyingPartyId(origin) !== undefined) return []
  const name = 'DRAWBRIDGE_REQUIRE_PASSKEYS'
  return [
    {
      name,
      should:
        'off, or DRAWBRIDGE_URL a host name over https (or http://localhost:PORT): browsers refuse passkeys elsewhere',
    },
  ]
}
