/** Why a vault could not be read: the codes of the vault port, in the officer's words. */
export const HEALTH_WORDS = {
  'vault-unreachable': 'The vault could not be reached. Look at its address, DNS and the firewall between.',
  'vault-timeout': 'The vault did not answer in time.',
  'connection-lost': 'The connection to the vault broke before it had answered.',
  throttled: 'The vault asks us to wait: too many requests. Drawbridge will try again by itself.',
  'not-authenticated': 'The vault did not accept our token. Look at the credential and the tenant of this connection.',
  'not-permitted': 'The identity of this connection may not do this. See below which role it needs.',
  'key-not-found': 'The vault holds no such key, or no longer.',
  'name-soft-deleted': 'A deleted key still holds this name.',
  conflict: 'The vault was busy with this key. Try again.',
  'bad-request': 'The vault found the request wrong.',
  'key-disabled': 'The key is disabled.',
  'policy-not-met': 'The vault says that the token does not meet the key’s release policy.',
  'token-not-verified':
    'The vault could not verify the attestation token: its signature, its issuer or its times. Get a fresh one.',
  'authority-unreachable':
    'The vault could not reach the attestation authority that the policy names. Look at its address, and whether it answers.',
  'not-activated': 'This Managed HSM is not activated yet: its security domain must be downloaded first.',
  'vault-error': 'The vault had an error of its own. Try again later.',
  'unexpected-answer': 'What answered does not speak like a vault. Look at the address.',
  'foreign-challenge':
    'The vault named a sign-in address that is not its own, so no token was sent. Look at the address.',
  'credential-missing': 'The setting that this connection’s credential names is not in the console’s environment.',
} as const satisfies Record<string, string>

type HealthCode = keyof typeof HEALTH_WORDS

/** The words of a stored code; a code that nobody knows any more has none. */
export function healthWords(code: string | null): string | null {
  if (code === null) return null
  // Guaranteed by the question before the colon.
  return Object.hasOwn(HEALTH_WORDS, code) ? HEALTH_WORDS[code as HealthCode] : null
}
