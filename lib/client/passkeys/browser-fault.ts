/** Why a browser gave no passkey. */
export type BrowserFault =
  | 'left'
  | 'timed-out'
  | 'not-supported'
  | 'no-user-check'
  | 'registered-already'
  | 'wrong-address'
  | 'failed'

/**
 * `NotAllowedError` is what a browser says to everything that it keeps to itself: left, refused, no passkey there, waited
 * too long. Only the time tells the last apart. Names: https://www.w3.org/TR/webauthn-3/#sctn-op-get-exceptions
 */
export function faultOf(error: unknown, waitedToTheEnd: boolean): BrowserFault {
  const { name, code, message } = partsOf(error)
  if (code !== undefined && code in BY_CODE) return BY_CODE[code] ?? 'failed'
  if (name === 'NotAllowedError') return waitedToTheEnd ? 'timed-out' : 'left'
  if (name === 'AbortError') return 'left'
  if (name === 'SecurityError') return 'wrong-address'
  return /not supported/.test(message) ? 'not-supported' : 'failed'
}

/** The library's own names for what it could tell. */
const BY_CODE: Record<string, BrowserFault> = {
  ERROR_CEREMONY_ABORTED: 'left',
  ERROR_INVALID_DOMAIN: 'wrong-address',
  ERROR_INVALID_RP_ID: 'wrong-address',
  ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED: 'registered-already',
  ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT: 'no-user-check',
  ERROR_AUTHENTICATOR_NO_SUPPORTED_PUBKEYCREDPARAMS_ALG: 'not-supported',
}

function partsOf(error: unknown): { name: string; code: string | undefined; message: string } {
  if (!(error instanceof Error)) return { name: '', code: undefined, message: '' }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { name: error.name, code, message: error.message }
}

const NOTHING_DONE = 'Nothing was done.'

export const FAULT_WORDS = {
  left: `No passkey was given: the browser’s dialog was closed, or no passkey of yours is on this device. ${NOTHING_DONE} Try again.`,
  'timed-out': `No passkey was given in time. ${NOTHING_DONE} Try again.`,
  'not-supported': 'This browser or device can not use passkeys. Use another one.',
  'no-user-check':
    'This device does not check who uses it. Set a PIN or a fingerprint on it first, or use another one.',
  'registered-already': 'This device holds a passkey for your account already. Use another device or security key.',
  'wrong-address':
    'The browser makes no passkeys for this address. Look at the address bar; if it is right, tell an administrator to look at DRAWBRIDGE_URL.',
  failed: `The browser or the device could not use the passkey. ${NOTHING_DONE} Try again, or use another one.`,
} as const satisfies Record<BrowserFault, string>
